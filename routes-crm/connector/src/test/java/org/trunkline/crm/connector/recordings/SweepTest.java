package org.trunkline.crm.connector.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

final class SweepTest {

    @Test
    void whatIsLeftBehindWhileTheHubRunsIsRemovedToo() throws Exception {
        Path early = left();
        try (Sweep sweep = new Sweep(Clock.systemUTC(), Duration.ofMillis(20))) {
            Awaitility.await().until(() -> Files.notExists(early));
            Path inUse = TemporaryFiles.create();
            Path late = left();

            Awaitility.await().until(() -> Files.notExists(late));

            assertThat(inUse).exists();
            TemporaryFiles.remove(inUse);
        }
    }

    /**
     * Whoever it belongs to may remove a file after it was listed: here it is a link to nothing.
     */
    @Test
    void aFileThatVanishesMeanwhileKeepsNoOtherFromBeingRemoved() throws Exception {
        List<Path> all = new ArrayList<>();
        List<Path> gone = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                Path link = TemporaryFiles.create();
                Files.delete(link);
                gone.add(Files.createSymbolicLink(link, Path.of("nothing")));
                all.add(left());
            }

            TemporaryFiles.sweep(Instant.now());

            assertThat(all).noneMatch(Files::exists);
        } finally {
            for (Path file : gone) {
                Files.delete(file);
            }
        }
    }

    private static Path left() throws Exception {
        Path file = TemporaryFiles.create();
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(7))));
        return file;
    }
}
