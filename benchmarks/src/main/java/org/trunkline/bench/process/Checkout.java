package org.trunkline.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the build left in a checkout. */
public record Checkout(Path root) {

    /** The distribution. */
    public Path home() {
        return existing(root.resolve("karaf-assembly/target/assembly"));
    }

    Path sandboxJar() throws IOException {
        try (Stream<Path> files = Files.list(existing(root.resolve("sandbox/target")))) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith("-standalone.jar")).toList();
            if (jars.size() != 1) {
                throw new IOException("one standalone jar of the sandbox expected, found " + jars);
            }
            return jars.get(0);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalStateException(path + " is missing: run ./trunkline bench, it builds");
        }
        return path;
    }
}
