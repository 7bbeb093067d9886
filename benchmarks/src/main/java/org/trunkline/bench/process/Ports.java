package org.trunkline.bench.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.stream.IntStream;

/** Free ports of the loopback. */
public final class Ports {
    /** N to N+3 are the hub's, N+10 is the sandbox's. */
    private static final int[] BLOCK = {0, 1, 2, 3, 10};

    /** Below the range that clients get. */
    private static final int LEAST = 20_000;

    private static final int BLOCKS = 1_000;
    private static final int TRIES = 200;

    private Ports() {}

    /** An N for which all ports of a hub and its sandbox are free. */
    public static int block() {
        return new Random()
                .ints(TRIES, 0, BLOCKS)
                .map(block -> LEAST + block * 12)
                .filter(base -> IntStream.of(BLOCK).allMatch(offset -> isFree(base + offset)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free block of ports found"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
