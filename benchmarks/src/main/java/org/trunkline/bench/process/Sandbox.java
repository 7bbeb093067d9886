package org.trunkline.bench.process;

import java.io.IOException;
import java.nio.file.Path;

/** The simulators as a process. */
public final class Sandbox implements AutoCloseable {
    private static final int TRIES = 600;

    private final Process process;
    private final String address;

    private Sandbox(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Returns when it answers. */
    public static Sandbox start(Checkout checkout, int port, Path log)
            throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(
                                Checkout.java(),
                                "-Xmx256m",
                                "-jar",
                                checkout.sandboxJar().toString(),
                                "--port",
                                String.valueOf(port))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        Sandbox sandbox = new Sandbox(process, "http://127.0.0.1:" + port);
        for (int i = 0; i < TRIES && process.isAlive(); i++) {
            if (sandbox.http().status("/sandbox/") == 200) {
                return sandbox;
            }
            Thread.sleep(100);
        }
        sandbox.close();
        throw new IOException("the sandbox does not start, see " + log);
    }

    public JsonHttp http() {
        return JsonHttp.open(address);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
