package org.trunkline.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A gate on a free port, and Camel contexts behind it, without OSGi. */
final class GateFixture implements AutoCloseable {
    static final String PASSWORD = "correct horse";
    static final String TOKEN = "a-token-of-the-api-1234";
    static final HttpSettings SETTINGS =
            new HttpSettings(
                    "127.0.0.1",
                    0,
                    Optional.empty(),
                    1_000,
                    4_000,
                    Duration.ofMillis(600),
                    Duration.ofMillis(400),
                    Duration.ofSeconds(5),
                    50,
                    20,
                    Set.of());

    final JettyGate gate;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    GateFixture(Path data, HttpSettings settings) {
        Credentials credentials =
                new Credentials(new SecretFolder(data), Optional.of(PASSWORD), Optional.of(TOKEN));
        gate = new JettyGate(settings, credentials);
    }

    GateFixture(Path data) {
        this(data, SETTINGS);
    }

    /** A context like that of a routes bundle, attached and ready. */
    DefaultCamelContext serve(String prefix, RouteBuilder routes) {
        DefaultCamelContext context = new DefaultCamelContext();
        gate.attach(context, prefix);
        try {
            context.addRoutes(routes);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        context.start();
        gate.ready(prefix);
        return context;
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gate.port() + path))
                .timeout(Duration.ofSeconds(10));
    }

    HttpRequest.Builder asAdmin(String path) {
        return request(path).header("Authorization", basic("admin", PASSWORD));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path) {
        return send(asAdmin(path));
    }

    Socket socket() throws IOException {
        Socket socket = new Socket("127.0.0.1", gate.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    /** Everything until the server closes the connection. */
    static String readAll(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    static String basic(String user, String password) {
        return "Basic "
                + Base64.getEncoder()
                        .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        gate.stop();
    }
}
