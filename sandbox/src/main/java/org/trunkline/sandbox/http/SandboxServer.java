package org.trunkline.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The sandbox's HTTP server: one thread a request, since simulated work mostly sleeps. */
public final class SandboxServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SandboxServer.class.getName());

    static {
        // Without these two a keep-alive client waits 40 ms for each small reply, and a burst of
        // clients loses its connections.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxIdleConnections", "2000");
    }

    private final HttpServer server;
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    task -> {
                        Thread thread = new Thread(task, "sandbox-http");
                        thread.setDaemon(true);
                        return thread;
                    });

    /**
     * Binds but does not serve yet.
     *
     * @param port 0 for any free one
     */
    public SandboxServer(String host, int port) throws IOException {
        server = HttpServer.create(new InetSocketAddress(host, port), 512);
        server.setExecutor(threads);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /** Serves everything below {@code path}. */
    public SandboxServer mount(String path, Function<Request, Reply> handler) {
        server.createContext(path, exchange -> serve(exchange, path, handler));
        return this;
    }

    public SandboxServer start() {
        server.start();
        return this;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void serve(
            HttpExchange exchange, String mount, Function<Request, Reply> handler) {
        try (exchange) {
            send(exchange, answer(Request.read(exchange, mount), handler));
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "The client went away: {0}", e.getMessage());
        }
    }

    private static Reply answer(Request request, Function<Request, Reply> handler) {
        if (request.body().length > Request.BODY_LIMIT) {
            return Reply.problem(413, "At most " + (Request.BODY_LIMIT >> 20) + " MiB are taken");
        }
        try {
            return handler.apply(request);
        } catch (BadRequest e) {
            return Reply.problem(400, e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "The simulator failed on " + request.path(), e);
            return Reply.problem(500, "The simulator failed: " + e);
        }
    }

    private static void send(HttpExchange exchange, Reply reply) throws IOException {
        if (reply.delivery() instanceof Reply.Delivery.Nothing) {
            return;
        }
        if (!reply.contentType().isEmpty()) {
            exchange.getResponseHeaders().set("Content-Type", reply.contentType());
        }
        reply.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = reply.body();
        exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
        OutputStream out = exchange.getResponseBody();
        if (reply.delivery() instanceof Reply.Delivery.Half) {
            out.write(body, 0, body.length / 2);
            out.flush();
        } else if (reply.delivery() instanceof Reply.Delivery.Drip drip) {
            drip(out, body, drip.perByte().toMillis());
        } else {
            out.write(body);
        }
    }

    private static void drip(OutputStream out, byte[] body, long millis) throws IOException {
        try {
            for (byte b : body) {
                out.write(b);
                out.flush();
                Thread.sleep(millis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
