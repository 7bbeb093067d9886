package org.trunkline.bench.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What the kernel counts of a process (proc(5)).
 *
 * @param rssMib resident now
 * @param peakRssMib the most that was ever resident
 * @param cpu time spent on all cores together
 */
public record ProcessFigures(double rssMib, double peakRssMib, Duration cpu) {
    private static final double KIB_A_MIB = 1024;

    /** USER_HZ is 100 on every Linux that a JDK runs on. */
    private static final int MILLIS_A_TICK = 10;

    public static ProcessFigures of(long pid) throws IOException {
        Path folder = Path.of("/proc", String.valueOf(pid));
        return parse(
                Files.readAllLines(folder.resolve("status")),
                Files.readString(folder.resolve("stat")));
    }

    /** From the texts of {@code status} and {@code stat}. */
    static ProcessFigures parse(List<String> status, String stat) {
        // The second field is the program's name in brackets and may hold blanks.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        return new ProcessFigures(
                mib(status, "VmRSS:"),
                mib(status, "VmHWM:"),
                Duration.ofMillis(ticks * MILLIS_A_TICK));
    }

    private static double mib(List<String> status, String field) {
        return status.stream()
                .filter(line -> line.startsWith(field))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToDouble(kib -> Long.parseLong(kib) / KIB_A_MIB)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + field + " in " + status));
    }
}
