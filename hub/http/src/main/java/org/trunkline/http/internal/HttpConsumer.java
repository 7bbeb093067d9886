package org.trunkline.http.internal;

import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.RestConsumerContextPathMatcher.ConsumerPath;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.trunkline.http.FileBody;

/**
 * The beginning of one HTTP route: makes an exchange of each request and an answer of what becomes
 * of it.
 */
final class HttpConsumer extends DefaultConsumer
        implements PlatformHttpConsumer, ConsumerPath<HttpConsumer>, Suspendable {
    private final CamelEngine engine;
    private final ExchangeMapping mapping;

    HttpConsumer(PlatformHttpEndpoint endpoint, Processor processor, CamelEngine engine) {
        super(endpoint, processor);
        this.engine = engine;
        this.mapping = new ExchangeMapping(endpoint);
    }

    @Override
    public PlatformHttpEndpoint getEndpoint() {
        return (PlatformHttpEndpoint) super.getEndpoint();
    }

    @Override
    public String getRestrictMethod() {
        return getEndpoint().getHttpMethodRestrict();
    }

    @Override
    public String getConsumerPath() {
        return getEndpoint().getPath();
    }

    @Override
    public HttpConsumer getConsumer() {
        return this;
    }

    @Override
    public boolean isMatchOnUriPrefix() {
        return getEndpoint().isMatchOnUriPrefix();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        engine.add(this);
    }

    @Override
    protected void doStop() throws Exception {
        engine.remove(this);
        super.doStop();
    }

    /** To be called with the whole body; by then the route may have been stopped. */
    void handle(Request request, Response response, Callback callback, byte[] body) {
        if (!isRunAllowed() || isSuspendingOrSuspended()) {
            Problem.unavailable(response, callback);
            return;
        }
        Exchange exchange = createExchange(false);
        try {
            ExchangeMapping.Given given = mapping.request(request, body, exchange);
            createUoW(exchange);
            getAsyncProcessor()
                    .process(
                            exchange,
                            doneSync -> {
                                answer(exchange, given, response, callback);
                                release(exchange);
                            });
        } catch (Exception e) {
            getExceptionHandler()
                    .handleException("The request did not reach its route", exchange, e);
            Problem.send(response, callback, ExchangeMapping.status(e));
            release(exchange);
        }
    }

    private void answer(
            Exchange exchange, ExchangeMapping.Given given, Response response, Callback callback) {
        Exception failure = exchange.getException();
        if (failure == null) {
            try {
                mapping.response(exchange, given, response, callback);
                return;
            } catch (Exception e) {
                failure = e;
            }
        }
        getExceptionHandler().handleException("The HTTP route failed", exchange, failure);
        abandon(exchange);
        response.reset();
        Problem.send(response, callback, ExchangeMapping.status(failure));
    }

    /** A file that is not to be sent after all must not stay open. */
    private void abandon(Exchange exchange) {
        if (exchange.getMessage().getBody() instanceof FileBody file) {
            try {
                file.close();
            } catch (IOException e) {
                getExceptionHandler().handleException("A file can't be closed", exchange, e);
            }
        }
    }

    private void release(Exchange exchange) {
        doneUoW(exchange);
        releaseExchange(exchange, false);
    }
}
