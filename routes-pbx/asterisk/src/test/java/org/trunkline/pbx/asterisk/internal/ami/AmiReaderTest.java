package org.trunkline.pbx.asterisk.internal.ami;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AmiReaderTest {

    @Test
    void readsBannerThenMessages() throws IOException {
        AmiReader reader = reader("Asterisk Call Manager/9.0.0\r\nEvent: A\r\nK: v\r\n\r\n");

        assertThat(reader.readBanner()).contains("Asterisk Call Manager/9.0.0");
        assertThat(all(reader)).containsExactly(AmiMessage.of("Event", "A", "K", "v"));
    }

    @Test
    void endsAMessageByCarriageReturnLineFeedLineFeedToo() throws IOException {
        assertThat(all(reader("Event: A\r\nK: v\r\n\nEvent: B\r\n\r\n")))
                .containsExactly(
                        AmiMessage.of("Event", "A", "K", "v"), AmiMessage.of("Event", "B"));
    }

    @Test
    void keepsRepeatedKeysAndIgnoresCase() throws IOException {
        AmiMessage message =
                all(reader(
                                "Event: X\r\nChanVariable: a=1\r\nChanVariable: b=2\r\nUniqueID: 7\r\n\r\n"))
                        .get(0);

        assertThat(message.fields()).filteredOn(f -> f.getKey().equals("ChanVariable")).hasSize(2);
        assertThat(message.get("uniqueid")).isEqualTo("7");
        assertThat(message.get("Absent")).isEmpty();
    }

    @Test
    void anEventWithAHeaderNamedResponseIsNoResponse() {
        AmiMessage event =
                AmiMessage.of("Event", "OriginateResponse", "ActionID", "7", "Response", "Success");

        assertThat(event.isResponse()).isFalse();
        assertThat(AmiMessage.of("Response", "Success", "ActionID", "7").isResponse()).isTrue();
    }

    @Test
    void passesOverLinesWithoutColonAndEmptyMessages() throws IOException {
        assertThat(all(reader("\r\n\r\nnonsense\r\nEvent: A\r\n: no key\r\n\r\n\r\n")))
                .containsExactly(AmiMessage.of("Event", "A"));
    }

    @Test
    void replacesInvalidUtf8AndControlCharacters() throws IOException {
        byte[] bytes = "Event: A\r\nName: x?y?z\r\n\r\n".getBytes(UTF_8);
        int name = new String(bytes, UTF_8).indexOf("x?y?z");
        bytes[name + 1] = (byte) 0xC3;
        bytes[name + 3] = 0;

        String read =
                all(new AmiReader(new ByteArrayInputStream(bytes), "test")).get(0).get("Name");

        assertThat(read).isEqualTo("x\uFFFDy?z");
    }

    @Test
    void skipsAndCountsAMessageWithATenMegabyteLine() throws IOException {
        InputStream in =
                new SequenceInputStream(
                        new ByteArrayInputStream("Event: A\r\nBig: ".getBytes(UTF_8)),
                        new SequenceInputStream(
                                new Endless(10 * 1024 * 1024),
                                new ByteArrayInputStream(
                                        "\r\nK: v\r\n\r\nEvent: B\r\n\r\n".getBytes(UTF_8))));
        AmiReader reader = new AmiReader(in, "test");

        assertThat(all(reader)).containsExactly(AmiMessage.of("Event", "B"));
        assertThat(reader.skipped()).isEqualTo(1);
    }

    @Test
    void skipsAndCountsAMessageOfEndlessLines() throws IOException {
        String lines = "Line: 0123456789\r\n".repeat(AmiReader.MAX_MESSAGE / 16);
        AmiReader reader = reader("Event: A\r\n" + lines + "\r\nEvent: B\r\n\r\n");

        assertThat(all(reader)).containsExactly(AmiMessage.of("Event", "B"));
        assertThat(reader.skipped()).isEqualTo(1);
    }

    @Test
    void losesNothingToATimeOutInTheMiddleOfALine() throws IOException {
        AmiReader reader =
                new AmiReader(new Stuttering("Event: A\r\nK: v\r\n\r\n".getBytes(UTF_8)), "test");

        Optional<AmiMessage> message = Optional.empty();
        while (message.isEmpty()) {
            try {
                message = reader.read();
            } catch (SocketTimeoutException again) {
                assertThat(again).isNotNull();
            }
        }
        assertThat(message).contains(AmiMessage.of("Event", "A", "K", "v"));
    }

    @Property(tries = 50)
    void givesTheSameMessagesHoweverThePacketsAreCut(@ForAll long seed) throws IOException {
        byte[] capture = capture("attended-transfer.ami");
        List<AmiMessage> whole = all(new AmiReader(new ByteArrayInputStream(capture), "test"));
        assertThat(whole).hasSizeGreaterThan(100);

        assertThat(all(new AmiReader(new Cut(capture, new Random(seed)), "test"))).isEqualTo(whole);
    }

    @Property(tries = 200)
    void survivesAnyBytes(@ForAll @Size(max = 2000) byte[] bytes) throws IOException {
        byte[] good = "\n\r\n\r\nEvent: B\r\n\r\n".getBytes(UTF_8);
        InputStream in =
                new SequenceInputStream(
                        new ByteArrayInputStream(bytes), new ByteArrayInputStream(good));

        List<AmiMessage> read = all(new AmiReader(in, "test"));

        assertThat(read.get(read.size() - 1)).isEqualTo(AmiMessage.of("Event", "B"));
    }

    static byte[] capture(String name) throws IOException {
        try (InputStream in = AmiReaderTest.class.getResourceAsStream("/captures/" + name)) {
            return in.readAllBytes();
        }
    }

    static List<AmiMessage> all(AmiReader reader) throws IOException {
        List<AmiMessage> messages = new ArrayList<>();
        Optional<AmiMessage> message;
        while ((message = reader.read()).isPresent()) {
            messages.add(message.get());
        }
        return messages;
    }

    private static AmiReader reader(String text) {
        return new AmiReader(new ByteArrayInputStream(text.getBytes(UTF_8)), "test");
    }

    /** Gives random pieces, as a network does. */
    private static final class Cut extends ByteArrayInputStream {
        private final Random random;

        Cut(byte[] bytes, Random random) {
            super(bytes);
            this.random = random;
        }

        @Override
        public synchronized int read(byte[] target, int offset, int length) {
            return super.read(target, offset, Math.min(length, 1 + random.nextInt(1500)));
        }
    }

    /** Times out before every byte. */
    private static final class Stuttering extends InputStream {
        private final byte[] bytes;
        private int next;
        private boolean ready;

        Stuttering(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            ready = !ready;
            if (ready) {
                throw new SocketTimeoutException();
            }
            if (next == bytes.length) {
                return -1;
            }
            target[offset] = bytes[next++];
            return 1;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }
    }

    /** A number of bytes without a line feed. */
    private static final class Endless extends InputStream {
        private int left;

        Endless(int length) {
            left = length;
        }

        @Override
        public int read() {
            return left-- > 0 ? 'x' : -1;
        }
    }
}
