package org.trunkline.admin.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every key that a bundle reads stands in its file in config/ with a comment and its default. */
class ConfigFilesTest {

    private static final Path ROOT = Path.of("../..");
    private static final Path CONFIG = ROOT.resolve("config");

    /** Where the distribution wants something else than the code would do without a file. */
    private static final Set<String> ANOTHER_VALUE = Set.of("org.trunkline.http expected.prefixes");

    private static final Pattern DESIGNATED =
            Pattern.compile(
                    "configurationPid\\s*=\\s*\"([^\"]+)\"[^;]*?@Designate\\(ocd\\s*=\\s*([\\w.]+)\\.class");
    private static final Pattern KEY =
            Pattern.compile(
                    "(?:String|int|long|double|boolean)(?:\\[])?\\s+(\\w+)\\(\\)\\s+default\\s+([^;]+);");

    /** Keys and defaults by PID, read from the sources. */
    static Map<String, Map<String, String>> pids() throws IOException {
        Map<String, Map<String, String>> pids = new TreeMap<>();
        for (Path source : sources()) {
            Matcher designated = DESIGNATED.matcher(Files.readString(source));
            while (designated.find()) {
                pids.put(designated.group(1), keys(source, designated.group(2)));
            }
        }
        return pids;
    }

    static Set<Map.Entry<String, Map<String, String>>> entries() throws IOException {
        return pids().entrySet();
    }

    @Test
    void theSearchFindsTheBundlesThatHaveKnobs() throws IOException {
        assertThat(pids().keySet())
                .contains("org.trunkline.http", "org.trunkline.store", "org.trunkline.bitrix24");
        assertThat(pids().get("org.trunkline.http")).containsEntry("idle.timeout", "15000");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void eachKeyStandsInItsFileWithItsDefault(Map.Entry<String, Map<String, String>> pid)
            throws IOException {
        Map<String, String> written = written(pid.getKey());

        assertThat(written.keySet()).containsExactlyInAnyOrderElementsOf(pid.getValue().keySet());
        pid.getValue()
                .forEach(
                        (key, value) -> {
                            String given = written.get(key);
                            if (!given.startsWith("${")
                                    && !ANOTHER_VALUE.contains(pid.getKey() + " " + key)) {
                                assertThat(given).as(key).isEqualTo(value);
                            }
                        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("entries")
    void eachKeyIsExplained(Map.Entry<String, Map<String, String>> pid) throws IOException {
        boolean explained = false;
        Set<String> unexplained = new HashSet<>();
        for (String line : Files.readAllLines(file(pid.getKey()))) {
            if (line.startsWith("#")) {
                explained = true;
            } else if (line.isBlank()) {
                explained = false;
            } else if (!explained) {
                unexplained.add(line);
            }
        }
        assertThat(unexplained).isEmpty();
    }

    @Test
    void noFileIsForNobody() throws IOException {
        try (Stream<Path> files = Files.list(CONFIG)) {
            assertThat(files.map(f -> f.getFileName().toString()).filter(f -> f.endsWith(".cfg")))
                    .containsExactlyInAnyOrderElementsOf(
                            pids().keySet().stream().map(pid -> pid + ".cfg").toList());
        }
    }

    private static Map<String, String> keys(Path source, String type) throws IOException {
        Path declared = source;
        String name = type.substring(type.lastIndexOf('.') + 1);
        if (!Files.readString(source).contains("@interface " + name)) {
            declared = source.resolveSibling(name + ".java");
        }
        String text = Files.readString(declared);
        Map<String, String> keys = new TreeMap<>();
        Matcher key = KEY.matcher(text.substring(text.indexOf("@interface " + name)));
        while (key.find()) {
            keys.put(key.group(1).replace('_', '.'), literal(key.group(2)));
        }
        return keys;
    }

    private static String literal(String java) {
        if (java.equals("{}")) {
            return "";
        }
        return java.startsWith("\"") ? java.substring(1, java.length() - 1) : java.replace("_", "");
    }

    private static Map<String, String> written(String pid) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(Files.readString(file(pid))));
        Map<String, String> written = new TreeMap<>();
        properties.stringPropertyNames().forEach(k -> written.put(k, properties.getProperty(k)));
        return written;
    }

    private static Path file(String pid) {
        return CONFIG.resolve(pid + ".cfg");
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files =
                Stream.of("hub", "routes-pbx", "routes-calls", "routes-crm", "routes-admin")
                        .map(ROOT::resolve)
                        .flatMap(ConfigFilesTest::below)) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .filter(f -> f.toString().contains("src/main/java"))
                    .toList();
        }
    }

    private static Stream<Path> below(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
