package org.trunkline.pbx.asterisk.internal.translate;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.trunkline.model.Fact;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;

/** Where recordings are named: by the channel variable that MixMonitor sets, and by the CDR. */
final class Recordings {
    private final Switchboard board;

    Recordings(Switchboard board) {
        this.board = board;
    }

    /** Event VarSet. */
    void variable(AmiMessage m, Telling telling) {
        if (m.get("Variable").equals("MIXMONITOR_FILENAME")) {
            tell(m.get("Uniqueid"), m.get("Value"), telling);
        }
    }

    /** Event Cdr, if cdr_manager.conf maps {@code recordingfile}; often after the Hangup. */
    void cdr(AmiMessage m, Telling telling) {
        tell(m.get("UniqueID"), m.get("RecordingFile"), telling);
    }

    private void tell(String uniqueid, String path, Telling telling) {
        if (path.isEmpty()) {
            return;
        }
        Fact.RecordingReady recording = new Fact.RecordingReady(id(path), path);
        Optional<LiveCall> live = board.channel(uniqueid).map(channel -> channel.call);
        if (live.isPresent()) {
            Optional<String> leg = live.get().leg(uniqueid).map(found -> found.key);
            telling.recording(live.get(), leg, recording);
        } else {
            board.callKey(uniqueid)
                    .ifPresent(key -> telling.tell(key, Optional.empty(), telling.at(), recording));
        }
    }

    /** By the file's name, as a CDR may name it without its folder. */
    private static String id(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a Java platform without SHA-256", e);
        }
    }
}
