package org.trunkline.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A command that runs to its end. */
final class Command {
    /**
     * @param output standard output and error together
     */
    record Result(int status, String output, Duration took) {}

    private static final Duration LONGEST = Duration.ofMinutes(4);

    private Command() {}

    /**
     * @param environment added to that of the tests
     * @throws IllegalStateException when it doesn't end within four minutes
     */
    static Result run(Map<String, String> environment, Path folder, List<String> words) {
        try {
            // Not a pipe: a detached child would hold it open.
            Path output = Files.createTempFile("trunkline-command", ".log");
            ProcessBuilder builder = new ProcessBuilder(words);
            builder.directory(folder.toFile());
            builder.redirectErrorStream(true).redirectOutput(output.toFile());
            builder.environment().keySet().removeIf(name -> name.startsWith("TRUNKLINE_"));
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            builder.environment().putAll(environment);
            long began = System.nanoTime();
            Process process = builder.start();
            process.getOutputStream().close();
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        words + " did not end\n" + Files.readString(output));
            }
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            String text = Files.readString(output);
            Files.delete(output);
            return new Result(process.exitValue(), text, took);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static Result bash(Map<String, String> environment, Path script, String... arguments) {
        List<String> words = new ArrayList<>(List.of("bash", script.toString()));
        words.addAll(List.of(arguments));
        return run(environment, Checkout.root(), words);
    }
}
