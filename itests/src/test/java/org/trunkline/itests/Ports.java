package org.trunkline.itests;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Free ports of the loopback. Test classes run side by side, each JVM in a range of its own: a port
 * that is found free here may be bound seconds later, and again after a kill.
 */
final class Ports {
    /** N to N+3 are the hub's, N+10 is the sandbox's. */
    private static final int[] BLOCK = {0, 1, 2, 3, 10};

    /** Which of the JVMs this is, from 1; failsafe says so. */
    private static final int FORK = Integer.getInteger("surefire.forkNumber", 1);

    private static final int FORKS = 2;
    private static final int RANGE = 6_000;
    private static final int LEAST = 20_000 + (FORK - 1) % FORKS * RANGE;

    /** A live Asterisk and its phones take 1,800 in a row: a narrow range has no room for them. */
    private static final int UDP_RANGE = 7_300;

    private static final int LEAST_UDP = 5_200 + (FORK - 1) % FORKS * UDP_RANGE;
    private static final int TRIES = 200;

    private Ports() {}

    /**
     * An N for which all of a hub's and its sandbox's ports are free, below the range that clients
     * get.
     */
    static int block() {
        Random random = new Random();
        return IntStream.range(0, TRIES)
                .map(any -> LEAST + random.nextInt(RANGE / 12) * 12)
                .filter(base -> IntStream.of(BLOCK).allMatch(offset -> isFree(base + offset)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free block of ports found"));
    }

    /** A free TCP port below the range that clients get. */
    static int tcp() {
        return new Random()
                .ints(TRIES, LEAST, LEAST + RANGE)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free TCP port found"));
    }

    /** The first of that many free UDP ports in a row, below those of {@link #block()}; even. */
    static int udp(int count) {
        return new Random()
                .ints(TRIES, LEAST_UDP / 2, (LEAST_UDP + UDP_RANGE - count) / 2)
                .map(half -> 2 * half)
                .filter(base -> IntStream.range(base, base + count).allMatch(Ports::isFreeUdp))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(count + " free UDP ports not found"));
    }

    private static boolean isFreeUdp(int port) {
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (SocketException taken) {
            return false;
        }
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
