package org.trunkline.crm.connector.recordings;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Fault;

/** Files that hold a recording on its way from a PBX to a portal or a player. */
public final class TemporaryFiles {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFiles.class);

    private static final String PREFIX = "trunkline-recording-";

    /** Longer than any fetch and upload: left by a process that died. */
    private static final Duration LEFT = Duration.ofHours(6);

    private TemporaryFiles() {}

    /**
     * @throws Fault.Retryable if there is no room
     */
    public static Path create() {
        try {
            return Files.createTempFile(PREFIX, "");
        } catch (IOException e) {
            throw new Fault.Retryable("no temporary file can be made for a recording", e);
        }
    }

    /**
     * @throws Fault.Retryable if it can't be removed, so that somebody hears of it
     */
    public static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Fault.Retryable("a temporary file can't be removed: " + file, e);
        }
    }

    /** Removes what other processes left. */
    static void sweep(Instant now) {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*")) {
            for (Path file : files) {
                if (lastWritten(file).filter(at -> at.plus(LEFT).isBefore(now)).isPresent()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            LOG.warn(
                    "recordings that a former process left in {} stay there: {}",
                    folder,
                    e.toString());
        }
    }

    /** Empty: it was removed since it was listed, by whoever it belongs to. */
    private static Optional<Instant> lastWritten(Path file) throws IOException {
        try {
            return Optional.of(Files.getLastModifiedTime(file).toInstant());
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }
}
