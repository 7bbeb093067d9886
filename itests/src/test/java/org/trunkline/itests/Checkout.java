package org.trunkline.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where this build left what the tests start. */
final class Checkout {
    private Checkout() {}

    /** The project's folder. */
    static Path root() {
        return Path.of(System.getProperty("trunkline.root", "..")).toAbsolutePath().normalize();
    }

    /** The distribution's launcher. */
    static Path launcher() {
        return existing(root().resolve("karaf-assembly/target/assembly/bin/hub"));
    }

    static Path sandboxJar() {
        Path target = root().resolve("sandbox/target");
        try (Stream<Path> files = Files.list(target)) {
            List<Path> jars =
                    files.filter(file -> file.toString().endsWith("-standalone.jar")).toList();
            if (jars.size() != 1) {
                throw new IllegalStateException("one standalone jar expected, found " + jars);
            }
            return jars.get(0);
        } catch (IOException e) {
            throw new UncheckedIOException("run mvn verify at the root first", e);
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static Path existing(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalStateException(path + " is missing: run mvn verify at the root");
        }
        return path;
    }
}
