package org.trunkline.http.internal;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Which path prefixes the bundles serve, and which of them can answer now. */
final class Prefixes {
    private final Map<String, Boolean> ready = new ConcurrentHashMap<>();
    private volatile Set<String> expected = Set.of();

    /** The prefix, if it is one. */
    static String checked(String prefix) {
        if (!prefix.matches("(/[A-Za-z0-9._-]+)+")) {
            throw new IllegalArgumentException(
                    "\""
                            + prefix
                            + "\" is not a path prefix, give one such as /api, without a slash at its end");
        }
        return prefix;
    }

    /** Whether the path is the prefix or below it. */
    static boolean covers(String prefix, String path) {
        return path.startsWith(prefix)
                && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }

    void expect(Set<String> prefixes) {
        expected = Set.copyOf(prefixes);
    }

    void attach(String prefix) {
        ready.put(checked(prefix), false);
    }

    void ready(String prefix) {
        if (ready.replace(prefix, true) == null) {
            throw new IllegalStateException(prefix + " was not attached");
        }
    }

    void detach(String prefix) {
        ready.replace(prefix, false);
    }

    /** Whether a bundle that says it is ready serves the path. */
    boolean isServed(String path) {
        return ready.entrySet().stream().anyMatch(e -> e.getValue() && covers(e.getKey(), path));
    }

    /** Whether the path belongs to a bundle that can't answer now. */
    boolean isWaiting(String path) {
        return waiting().stream().anyMatch(prefix -> covers(prefix, path));
    }

    Set<String> waiting() {
        Set<String> waiting = new TreeSet<>(expected);
        waiting.addAll(ready.keySet());
        waiting.removeIf(prefix -> ready.getOrDefault(prefix, false));
        return waiting;
    }
}
