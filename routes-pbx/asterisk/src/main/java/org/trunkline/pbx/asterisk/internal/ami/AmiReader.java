package org.trunkline.pbx.asterisk.internal.ami;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Splits the bytes of an AMI connection into messages. Bytes come from outside, so every kind of
 * damage costs at most the message it is in: over-long lines and messages are skipped and counted,
 * invalid UTF-8 and control characters are replaced, lines without a colon are passed over. A
 * message may end with {@code \r\n\n} (https://github.com/asterisk/asterisk/issues/761).
 *
 * <p>Memory is bounded by {@link #MAX_LINE} and {@link #MAX_MESSAGE} whatever the peer sends. A
 * read that times out ({@link java.net.SocketTimeoutException}) loses nothing: call again.
 */
final class AmiReader {
    private static final Logger LOG = LoggerFactory.getLogger(AmiReader.class);

    /** Longest line in bytes; Asterisk's own lines stay below 16 KiB. */
    static final int MAX_LINE = 64 * 1024;

    /** Longest message in bytes. */
    static final int MAX_MESSAGE = 1024 * 1024;

    private final InputStream in;
    private final String peer;
    private final byte[] buffer = new byte[16 * 1024];
    private int next;
    private int end;

    private final byte[] line = new byte[MAX_LINE];
    private int lineLength;
    private boolean lineTooLong;

    private List<Map.Entry<String, String>> fields = new ArrayList<>();
    private int messageLength;
    private String damage = "";
    private volatile long skipped;

    AmiReader(InputStream in, String peer) {
        this.in = in;
        this.peer = peer;
    }

    /** Messages skipped since the connection was opened. */
    long skipped() {
        return skipped;
    }

    /** The first line that Asterisk sends, e.g. {@code Asterisk Call Manager/9.0.0}. */
    Optional<String> readBanner() throws IOException {
        if (!fillLine()) {
            return Optional.empty();
        }
        String banner = lineTooLong ? "" : lineText();
        startLine();
        return Optional.of(banner);
    }

    /** Waits for the next whole message; empty at the end of the stream. */
    Optional<AmiMessage> read() throws IOException {
        while (fillLine()) {
            boolean blank = lineLength == 0 && !lineTooLong;
            if (!blank) {
                addLine();
                startLine();
                continue;
            }
            startLine();
            Optional<AmiMessage> message = finishMessage();
            if (message.isPresent()) {
                return message;
            }
        }
        return Optional.empty();
    }

    private void addLine() {
        messageLength += lineLength + 2;
        if (lineTooLong) {
            damage = "a line longer than " + MAX_LINE + " bytes";
        } else if (messageLength > MAX_MESSAGE) {
            damage = "longer than " + MAX_MESSAGE + " bytes";
        }
        if (!damage.isEmpty()) {
            fields = new ArrayList<>();
            return;
        }
        String text = lineText();
        int colon = text.indexOf(':');
        if (colon > 0) {
            String key = text.substring(0, colon).strip();
            fields.add(Map.entry(key, text.substring(colon + 1).strip()));
        }
    }

    private Optional<AmiMessage> finishMessage() {
        List<Map.Entry<String, String>> read = fields;
        String harm = damage;
        fields = new ArrayList<>();
        messageLength = 0;
        damage = "";
        if (!harm.isEmpty()) {
            skipped++;
            LOG.warn("{}: skipped an AMI message ({}), {} skipped so far", peer, harm, skipped);
            return Optional.empty();
        }
        return read.isEmpty() ? Optional.empty() : Optional.of(new AmiMessage(read));
    }

    /** Collects bytes up to the next line feed; false at the end of the stream. */
    private boolean fillLine() throws IOException {
        while (true) {
            if (next == end) {
                int count = in.read(buffer);
                if (count < 0) {
                    return false;
                }
                next = 0;
                end = count;
                continue;
            }
            byte b = buffer[next++];
            if (b == '\n') {
                if (lineLength > 0 && line[lineLength - 1] == '\r') {
                    lineLength--;
                }
                return true;
            }
            if (lineLength < MAX_LINE) {
                line[lineLength++] = b;
            } else {
                lineTooLong = true;
            }
        }
    }

    private void startLine() {
        lineLength = 0;
        lineTooLong = false;
    }

    private String lineText() {
        for (int i = 0; i < lineLength; i++) {
            if (line[i] >= 0 && line[i] < ' ' && line[i] != '\t') {
                line[i] = '?'; // NUL and its kind: no database text and no log line may hold them
            }
        }
        return new String(line, 0, lineLength, StandardCharsets.UTF_8);
    }
}
