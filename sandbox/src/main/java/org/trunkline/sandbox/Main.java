package org.trunkline.sandbox;

import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.trunkline.sandbox.demo.Demo;
import org.trunkline.sandbox.demo.DemoFault;

/** The sandbox's command line. */
public final class Main {
    private static final int DEFAULT_PORT = 8191;
    private static final int DEMO_SPEED = 2;
    private static final String USAGE =
            """
            Usage: serve [--port N] [--host H]
                   demo --hub URL --password-file FILE --sandbox URL [--exit] [--speed N]
                        [--recordings DIR]""";

    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
        try {
            Options options = Options.parse(Arrays.asList(arguments));
            String command = options.command().orElse("serve");
            switch (command) {
                case "serve" -> serve(options);
                case "demo" -> demo(options);
                default -> fail("Unknown command \"" + command + "\".\n" + USAGE);
            }
        } catch (IllegalArgumentException e) {
            fail(e.getMessage() + "\n" + USAGE);
        } catch (IOException | DemoFault e) {
            fail(e.getMessage());
        }
    }

    private static void serve(Options options) throws IOException, InterruptedException {
        String host = options.value("host").orElse("127.0.0.1");
        int port = options.number("port").orElse(DEFAULT_PORT);
        Sandbox sandbox;
        try {
            sandbox = Sandbox.start(host, port);
        } catch (BindException e) {
            throw new IOException(
                    "Port "
                            + port
                            + " is in use. Stop what listens there, or give another with --port.",
                    e);
        }
        System.out.println("Sandbox: " + sandbox.address() + "/sandbox/");
        Thread.currentThread().join();
    }

    private static void demo(Options options) throws IOException, DemoFault, InterruptedException {
        Path passwordFile = Path.of(required(options, "password-file"));
        if (!Files.isReadable(passwordFile)) {
            throw new DemoFault(
                    "--password-file: there is no readable "
                            + passwordFile
                            + ". The hub writes it at its first start.");
        }
        String password = Files.readString(passwordFile).strip();
        Path recordings =
                options.value("recordings").isPresent()
                        ? Path.of(options.value("recordings").get()).toAbsolutePath()
                        : Files.createTempDirectory("trunkline-demo");
        Demo demo =
                new Demo(
                        required(options, "hub"),
                        password,
                        required(options, "sandbox"),
                        recordings,
                        options.number("speed").orElse(DEMO_SPEED),
                        System.out);
        boolean right = demo.run();
        if (options.has("exit")) {
            System.exit(right ? 0 : 1);
        }
        demo.addresses(passwordFile);
        Thread.currentThread().join();
    }

    private static String required(Options options, String name) {
        return options.value(name)
                .orElseThrow(() -> new IllegalArgumentException("--" + name + " is missing"));
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(2);
    }
}
