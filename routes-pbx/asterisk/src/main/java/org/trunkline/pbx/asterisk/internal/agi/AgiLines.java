package org.trunkline.pbx.asterisk.internal.agi;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Lines of a peer that may be anybody: none is longer than {@link #LONGEST}. */
final class AgiLines {

    /** Bytes; Asterisk's own buffer has 2048. */
    static final int LONGEST = 4096;

    private final InputStream in;

    AgiLines(InputStream in) {
        this.in = new BufferedInputStream(in);
    }

    /**
     * Waits for a line; without its end.
     *
     * @throws AgiFault if it is too long, or the peer is gone before its end
     */
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int read = in.read(); read != '\n'; read = in.read()) {
            if (read < 0) {
                throw new AgiFault("the peer hung up");
            }
            if (line.size() == LONGEST) {
                throw new AgiFault("a line is longer than " + LONGEST + " bytes");
            }
            line.write(read);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }
}
