package org.trunkline.sandbox.ami;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A WAV file with a tone, 8 kHz mono 16 bit: what a short recording of a telephone looks like. */
final class Tone {
    private static final int RATE = 8000;
    private static final double HERTZ = 440;
    private static final double LOUDNESS = 0.2;
    private static final int HEADER = 44;
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private Tone() {}

    static byte[] wav(Duration length) {
        Duration cut = length.compareTo(LONGEST) > 0 ? LONGEST : length;
        int samples = (int) Math.max(RATE / 10, cut.toMillis() * RATE / 1000);
        int bytes = samples * 2;
        ByteBuffer out = ByteBuffer.allocate(HEADER + bytes).order(ByteOrder.LITTLE_ENDIAN);
        out.put(ascii("RIFF")).putInt(36 + bytes).put(ascii("WAVEfmt "));
        out.putInt(16).putShort((short) 1).putShort((short) 1);
        out.putInt(RATE).putInt(RATE * 2).putShort((short) 2).putShort((short) 16);
        out.put(ascii("data")).putInt(bytes);
        for (int i = 0; i < samples; i++) {
            double wave = Math.sin(2 * Math.PI * HERTZ * i / RATE);
            out.putShort((short) (wave * LOUDNESS * Short.MAX_VALUE));
        }
        return out.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
