package org.trunkline.bench.start;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The limit: the same Karaf, from the same folders by the same launcher, but its boot features are
 * Karaf's own alone. A hub on Karaf can't be ready before Karaf is.
 */
final class BareKaraf {
    private static final String FEATURES = "org.apache.karaf.features.cfg";

    private BareKaraf() {}

    /** A distribution in a folder, made of links into another one. */
    static Path in(Path folder, Path home) throws IOException {
        Path bare = Files.createDirectories(folder.resolve("karaf"));
        for (String shared : List.of("lib", "system")) {
            Files.createSymbolicLink(bare.resolve(shared), home.resolve(shared));
        }
        copy(home.resolve("bin"), bare.resolve("bin"));
        copy(home.resolve("etc"), bare.resolve("etc"));
        Path cfg = bare.resolve("etc").resolve(FEATURES);
        Files.writeString(cfg, withoutHub(Files.readString(cfg)));
        return bare;
    }

    /** The features that are not the hub's, as a cfg. */
    static String withoutHub(String cfg) throws IOException {
        Properties given = new Properties();
        given.load(new StringReader(cfg));
        return Stream.of("featuresRepositories", "featuresBoot")
                        .map(key -> key + " = " + without(given.getProperty(key)))
                        .collect(Collectors.joining("\n"))
                + "\nfeaturesBootAsynchronous=false\nautoRefresh=true\n";
    }

    private static String without(String list) {
        return Stream.of(list.split(","))
                .map(String::strip)
                .filter(entry -> !entry.contains("trunkline"))
                .collect(Collectors.joining(","));
    }

    private static void copy(Path from, Path to) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(from)) {
            all = files.toList();
        }
        for (Path file : all) {
            Files.copy(file, to.resolve(from.relativize(file).toString()));
        }
    }
}
