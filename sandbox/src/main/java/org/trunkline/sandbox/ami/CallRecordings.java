package org.trunkline.sandbox.ami;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes the file that a recorded call says it has, when its recording ends. */
final class CallRecordings {
    private record Running(Path file, double since) {}

    private final Optional<Path> folder;
    private final Consumer<String> notes;
    private final Map<String, Path> named = new HashMap<>();
    private final Map<String, Running> running = new HashMap<>();

    CallRecordings(Optional<Path> folder, Consumer<String> notes) {
        this.folder = folder.map(path -> path.toAbsolutePath().normalize());
        this.notes = notes;
    }

    void see(AmiMessage event) {
        if (folder.isEmpty()) {
            return;
        }
        String channel = event.text("Uniqueid");
        switch (event.text("Event")) {
            case "VarSet" -> {
                if (event.text("Variable").equals("MIXMONITOR_FILENAME")) {
                    named.put(channel, Path.of(event.text("Value")).toAbsolutePath().normalize());
                }
            }
            case "MixMonitorStart" -> {
                if (named.containsKey(channel)) {
                    running.put(channel, new Running(named.get(channel), seconds(event)));
                }
            }
            case "MixMonitorStop", "Hangup" -> {
                Running ended = running.remove(channel);
                if (ended != null) {
                    write(ended.file(), seconds(event) - ended.since());
                }
            }
            default -> {}
        }
    }

    private void write(Path file, double seconds) {
        if (!file.startsWith(folder.get())) {
            notes.accept("not written, outside of the recordings folder: " + file);
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            // Under another name first: a reader never meets half a file.
            Path part = file.resolveSibling(file.getFileName() + ".part");
            Files.write(part, Tone.wav(Duration.ofMillis((long) (seconds * 1000))));
            Files.move(part, file);
        } catch (IOException e) {
            notes.accept("recording not written: " + e);
        }
    }

    private static double seconds(AmiMessage event) {
        return Double.parseDouble(event.text("Timestamp"));
    }
}
