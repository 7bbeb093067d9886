package org.trunkline.crm.connector.recordings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.trunkline.model.Fault;

/**
 * Finds recordings in the one folder that may be read, and waits until they are whole: there, not
 * empty, and no longer growing. Thread-safe.
 */
public final class RecordingFolder {

    /** A file that has not changed for so long is whole. */
    public static final Duration STABLE = Duration.ofSeconds(3);

    /** By the file's own time, which may come from another machine's clock. */
    private static final Duration OLD = Duration.ofMinutes(1);

    private static final int MOST_SIGHTINGS = 10_000;

    /** Bytes before the sound: all that a PBX writes when it begins. */
    private static final int WAV_HEADER = 44;

    private static final int RIFF = 0x46464952;
    private static final int LENGTH = 4;
    private static final int SOUND_FORMAT = 20;
    private static final short PCM = 1;

    private final Clock clock;
    private final Map<Path, Sighting> sightings =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Path, Sighting> eldest) {
                    return size() > MOST_SIGHTINGS;
                }
            };

    private record Sighting(long size, Instant changed, Instant since) {}

    /** Whether a recording can be read. */
    public sealed interface State {
        record Whole(Path file) implements State {}

        record NotYet(String why) implements State {}
    }

    public RecordingFolder(Clock clock) {
        this.clock = clock;
    }

    /**
     * Looks at one recording.
     *
     * @param source path as the PBX told it, inside the folder or relative to it
     * @throws Fault.Data if it must not be read or is of no kind that CRMs play
     */
    public State look(String folder, String source) {
        Path file = inside(folder, source);
        if (!file.getFileName().toString().toLowerCase(Locale.ROOT).matches(".*\\.(wav|mp3)")) {
            throw new Fault.Data(
                    "the recording " + file.getFileName() + " is neither wav nor mp3",
                    "let the PBX record as wav or mp3, which is all that CRMs play");
        }
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(Path.of(folder).toRealPath()) || !Files.isRegularFile(real)) {
                throw outside(source);
            }
            return state(real);
        } catch (NoSuchFileException e) {
            return new State.NotYet("the recording is not there yet");
        } catch (IOException e) {
            return new State.NotYet("the recording cannot be read: " + e.getMessage());
        }
    }

    private static Path inside(String folder, String source) {
        try {
            Path root = Path.of(folder).normalize();
            Path file = root.resolve(source).normalize();
            if (file.startsWith(root) && !file.equals(root)) {
                return file;
            }
        } catch (InvalidPathException e) {
            // refused below like any other path that leads nowhere good
        }
        throw outside(source);
    }

    private static Fault.Data outside(String source) {
        return new Fault.Data(
                "the recording " + source + " lies outside the recordings' folder",
                "set asterisk.recordings.directory of the PBX to the folder that it records into");
    }

    private synchronized State state(Path file) throws IOException {
        long size = Files.size(file);
        Instant changed = Files.getLastModifiedTime(file).toInstant();
        Instant now = clock.instant();
        if (size == 0) {
            return new State.NotYet("the recording is empty so far");
        }
        Sighting seen = sightings.get(file);
        if (seen == null || seen.size() != size || !seen.changed().equals(changed)) {
            seen = new Sighting(size, changed, now);
            sightings.put(file, seen);
        }
        boolean unchanged = !seen.since().plus(STABLE).isAfter(now);
        if (unchanged || changed.plus(OLD).isBefore(now) || closed(file, size)) {
            return new State.Whole(file);
        }
        return new State.NotYet("the recording may still grow");
    }

    /**
     * Whether a wav says of itself that it is whole: Asterisk writes the length of PCM sound into
     * the header when it closes the file, and not before. An odd length is followed by a byte of
     * padding.
     */
    private static boolean closed(Path file, long size) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(WAV_HEADER).order(ByteOrder.LITTLE_ENDIAN);
        try (ByteChannel in = Files.newByteChannel(file)) {
            while (header.hasRemaining() && in.read(header) >= 0) {
                // the next read goes on where this one ended
            }
        }
        if (header.hasRemaining()
                || header.getInt(0) != RIFF
                || header.getShort(SOUND_FORMAT) != PCM) {
            return false;
        }
        long whole = Integer.toUnsignedLong(header.getInt(LENGTH)) + LENGTH + Integer.BYTES;
        return size > WAV_HEADER && (size == whole || size == whole + whole % 2);
    }
}
