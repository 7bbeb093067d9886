package org.trunkline.sandbox;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The sandbox's command line: {@code [serve] [--port N] [--host H]}, or {@code demo …}. */
public final class Main {
    private static final int DEFAULT_PORT = 8191;

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> given = Arrays.asList(arguments);
        Options options = Options.parse(given.isEmpty() ? List.of() : given);
        switch (options.command().orElse("serve")) {
            case "serve" -> {
                Sandbox sandbox =
                        Sandbox.start(
                                options.value("host").orElse("127.0.0.1"),
                                options.number("port").orElse(DEFAULT_PORT));
                System.out.println("Sandbox: " + sandbox.address());
                Thread.currentThread().join();
            }
            default -> {
                System.err.println(
                        "Unknown command \""
                                + options.command().get()
                                + "\". There are: serve [--port N] [--host H], demo --hub URL"
                                + " --password-file F --sandbox URL [--exit]");
                System.exit(2);
            }
        }
    }
}
