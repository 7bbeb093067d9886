package org.trunkline.crm.connector.recordings;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.crm.connector.recordings.RecordingFolder.State;
import org.trunkline.model.Fault;
import org.trunkline.store.internal.TestClock;

class RecordingFolderTest {

    @TempDir Path temp;
    private Path root;
    private final TestClock clock = new TestClock();
    private final RecordingFolder folder = new RecordingFolder(clock);

    @BeforeEach
    void outside() throws IOException {
        root = Files.createDirectories(temp.resolve("monitor"));
        Files.writeString(temp.resolve("secret.wav"), "secret");
    }

    @Test
    void aFileIsWholeOnceItStoppedGrowing() throws IOException {
        assertThat(look("2026/a.wav")).isInstanceOf(State.NotYet.class);
        Files.createDirectories(root.resolve("2026"));
        write("2026/a.wav", "");
        assertThat(look("2026/a.wav")).isInstanceOf(State.NotYet.class);
        write("2026/a.wav", "x");
        assertThat(look("2026/a.wav")).isInstanceOf(State.NotYet.class);
        clock.advance(Duration.ofSeconds(2));
        write("2026/a.wav", "xy");
        assertThat(look("2026/a.wav")).isInstanceOf(State.NotYet.class);
        clock.advance(Duration.ofSeconds(2));
        assertThat(look("2026/a.wav")).isInstanceOf(State.NotYet.class);
        clock.advance(Duration.ofSeconds(1));

        State whole = new State.Whole(root.toRealPath().resolve("2026/a.wav"));
        assertThat(look("2026/a.wav")).isEqualTo(whole);
        assertThat(look("2026/a.wav")).as("asked for its address, then uploaded").isEqualTo(whole);
    }

    @Test
    void aFileThatIsOldNeedsNoSecondLook() throws IOException {
        write("a.mp3", "x");
        clock.advance(Duration.ofMinutes(2));

        assertThat(look("a.mp3")).isInstanceOf(State.Whole.class);
        assertThat(look(root.resolve("a.mp3").toString())).isInstanceOf(State.Whole.class);
    }

    @Test
    void aWavThatTellsItsLengthIsWhole() throws IOException {
        Files.write(root.resolve("even.wav"), wav(1, 100, 100));
        Files.write(root.resolve("padded.wav"), wav(1, 101, 102));

        assertThat(look("even.wav")).isInstanceOf(State.Whole.class);
        assertThat(look("padded.wav")).isInstanceOf(State.Whole.class);
    }

    /** Asterisk tells the length of GSM sound all the time, of other sound at the end. */
    @Test
    void aWavThatIsStillWrittenIsNotWhole() throws IOException {
        Files.write(root.resolve("begun.wav"), wav(1, 0, 0));
        Files.write(root.resolve("growing.wav"), wav(1, 0, 4000));
        Files.write(root.resolve("less.wav"), wav(1, 4000, 3000));
        Files.write(root.resolve("gsm.wav"), wav(49, 65, 65));

        for (String file : new String[] {"begun.wav", "growing.wav", "less.wav", "gsm.wav"}) {
            assertThat(look(file)).as(file).isInstanceOf(State.NotYet.class);
        }
    }

    /** The 44 bytes before the sound as the format's description has them. */
    private static byte[] wav(int format, int told, int there) {
        ByteBuffer wav = ByteBuffer.allocate(44 + there).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(US_ASCII)).putInt(told == 0 ? 0 : 36 + told);
        wav.put("WAVEfmt ".getBytes(US_ASCII)).putInt(16).putShort((short) format);
        wav.putShort((short) 1).putInt(8000).putInt(16000).putShort((short) 2).putShort((short) 16);
        wav.put("data".getBytes(US_ASCII)).putInt(told);
        return wav.array();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../secret.wav",
                "x/../../secret.wav",
                "/etc/passwd.wav",
                "a\0.wav",
                "",
                ".",
                "..",
            })
    void nothingOutsideIsEverRead(String source) {
        assertThatThrownBy(() -> look(source))
                .isInstanceOf(Fault.Data.class)
                .hasMessageContaining("outside");
    }

    @Test
    void noLinkLeadsOutside() throws IOException {
        Files.createSymbolicLink(root.resolve("link.wav"), temp.resolve("secret.wav"));
        Files.createSymbolicLink(root.resolve("dir"), temp);
        clock.advance(Duration.ofMinutes(2));

        assertThatThrownBy(() -> look("link.wav")).isInstanceOf(Fault.Data.class);
        assertThatThrownBy(() -> look("dir/secret.wav")).isInstanceOf(Fault.Data.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.webm", "a.opus", "a", "a.wav.exe"})
    void otherKindsAreRefusedWithTheCure(String source) throws IOException {
        write(source, "x");

        assertThatThrownBy(() -> look(source))
                .isInstanceOf(Fault.Data.class)
                .extracting(f -> ((Fault) f).cure())
                .asString()
                .contains("wav or mp3");
    }

    private State look(String source) {
        return folder.look(root.toString(), source);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(root.resolve(name), text);
        Files.setLastModifiedTime(root.resolve(name), FileTime.from(clock.instant()));
    }
}
