package org.trunkline.http.internal;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.support.RestConsumerContextPathMatcher;
import org.apache.camel.support.RestConsumerContextPathMatcher.ConsumerPath;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Camel's platform-http on Jetty's core: one table of routes for the contexts of all bundles. */
final class CamelEngine implements PlatformHttpEngine {
    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");

    private final List<ConsumerPath<HttpConsumer>> table = new CopyOnWriteArrayList<>();
    private final Supplier<HttpSettings> settings;

    CamelEngine(Supplier<HttpSettings> settings) {
        this.settings = settings;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor processor) {
        return new HttpConsumer(endpoint, processor, this);
    }

    void add(HttpConsumer consumer) {
        RestConsumerContextPathMatcher.register(consumer.getConsumerPath());
        table.add(consumer);
    }

    void remove(HttpConsumer consumer) {
        table.remove(consumer);
    }

    /** Answers the request: 404 or 405 when no route takes it. */
    boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        Optional<HttpConsumer> match = match(request.getMethod(), path);
        if (match.isEmpty()) {
            return noRoute(path, response, callback);
        }
        HttpConsumer consumer = match.get();
        BodyReader.read(
                request,
                settings.get().bodyLimit(path),
                settings.get().bodyTimeout(),
                body -> consumer.handle(request, response, callback, body),
                status -> Problem.sendAndClose(response, callback, status));
        return true;
    }

    private Optional<HttpConsumer> match(String method, String path) {
        return Optional.ofNullable(
                        RestConsumerContextPathMatcher.matchBestPath(method, path, table))
                .map(ConsumerPath::getConsumer);
    }

    private boolean noRoute(String path, Response response, Callback callback) {
        String methods =
                METHODS.stream()
                        .filter(method -> match(method, path).isPresent())
                        .collect(Collectors.joining(", "));
        if (methods.isEmpty()) {
            return Problem.send(response, callback, HttpStatus.NOT_FOUND_404);
        }
        response.getHeaders().put(HttpHeader.ALLOW, methods);
        return Problem.send(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405);
    }
}
