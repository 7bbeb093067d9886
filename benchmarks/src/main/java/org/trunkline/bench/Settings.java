package org.trunkline.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param benchmark its name
 * @param seconds length of the measured load, where there is one
 * @param root the checkout, whose distribution and sandbox are measured
 */
public record Settings(String benchmark, Optional<Integer> seconds, Path root) {
    private static final int SHORTEST = 10;
    private static final int LONGEST = 24 * 3600;

    /**
     * @throws IllegalArgumentException naming the argument that is wrong, and the cure
     */
    static Settings parse(String... arguments) {
        List<String> words = Arrays.asList(arguments);
        if (words.isEmpty()) {
            throw new IllegalArgumentException("no benchmark named");
        }
        Optional<Integer> seconds = Optional.empty();
        Iterator<String> rest = words.subList(1, words.size()).iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            if (!option.equals("--seconds")) {
                throw new IllegalArgumentException("bench has no option " + option);
            }
            seconds = Optional.of(seconds(rest.hasNext() ? rest.next() : ""));
        }
        Path root = Path.of(System.getProperty("trunkline.root", ".")).toAbsolutePath().normalize();
        return new Settings(words.get(0), seconds, root);
    }

    private static int seconds(String text) {
        if (text.matches("\\d{1,5}")) {
            int given = Integer.parseInt(text);
            if (given >= SHORTEST && given <= LONGEST) {
                return given;
            }
        }
        throw new IllegalArgumentException(
                "--seconds '" + text + "': give a number from " + SHORTEST + " to " + LONGEST);
    }
}
