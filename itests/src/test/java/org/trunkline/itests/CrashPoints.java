package org.trunkline.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.byteman.agent.Main;

/**
 * The distribution with Byteman's agent, which kills the hub at points named in crash-points.btm.
 */
final class CrashPoints {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final Path folder;

    /**
     * @param folder without blanks in its name
     */
    CrashPoints(Path folder) {
        this.folder = folder;
    }

    /**
     * A copy of the distribution, but for its bundles, of which every bundle may see the agent's
     * classes.
     */
    Path launcher() throws IOException {
        Path home = Checkout.launcher().getParent().getParent();
        Path copy = Files.createDirectories(folder.resolve("distribution"));
        for (String same : new String[] {"lib", "system"}) {
            Files.createSymbolicLink(copy.resolve(same), home.resolve(same));
        }
        for (String own : new String[] {"bin", "etc"}) {
            copy(home.resolve(own), copy.resolve(own));
        }
        Path config = copy.resolve("etc/config.properties");
        String key = "org.osgi.framework.bootdelegation = ";
        String text = Files.readString(config);
        if (!text.contains(key)) {
            throw new IllegalStateException(config + " has no " + key);
        }
        Files.writeString(config, text.replace(key, key + "org.jboss.byteman.*, "));
        return copy.resolve("bin/hub");
    }

    Map<String, String> environment() throws IOException {
        Path rules = folder.resolve("crash-points.btm");
        try (var in = CrashPoints.class.getResourceAsStream("/crash-points.btm")) {
            Files.copy(in, rules, StandardCopyOption.REPLACE_EXISTING);
        }
        String agent = Main.class.getProtectionDomain().getCodeSource().getLocation().getPath();
        return Map.of(
                "EXTRA_JAVA_OPTS",
                "-javaagent:"
                        + agent
                        + "=script:"
                        + rules
                        + ",boot:"
                        + agent
                        + " -Dtrunkline.crash="
                        + folder);
    }

    /** From now on the hub dies when it comes to this point. */
    void arm(String point) {
        try {
            Files.writeString(folder.resolve(point), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Waits for the point to be reached and tells what was in hand; it strikes no more then.
     *
     * @throws org.awaitility.core.ConditionTimeoutException if the hub never came there
     */
    String reached(String point) {
        Path proof = folder.resolve(point + ".reached");
        Awaitility.await("the hub comes to " + point)
                .atMost(LONGEST)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> Files.exists(proof) && Files.size(proof) > 0);
        try {
            Files.delete(folder.resolve(point));
            return Files.readString(proof);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
