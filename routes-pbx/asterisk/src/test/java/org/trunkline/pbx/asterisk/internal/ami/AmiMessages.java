package org.trunkline.pbx.asterisk.internal.ami;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** Reads a recorded AMI session. */
public final class AmiMessages {

    private AmiMessages() {}

    public static List<AmiMessage> read(InputStream session) throws IOException {
        AmiReader reader = new AmiReader(session, "capture");
        reader.readBanner();
        return AmiReaderTest.all(reader);
    }
}
