package org.trunkline.admin.rest.internal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.admin.rest.Provisioning;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.store.Page;

/** Routes that answer with JSON, and with application/problem+json (RFC 9457) when they can't. */
abstract class JsonRoutes extends RouteBuilder {

    private static final Map<Integer, String> TITLES =
            Map.of(
                    400, "Bad Request",
                    404, "Not Found",
                    412, "Precondition Failed",
                    422, "Unprocessable Content",
                    503, "Service Unavailable");
    private static final int RETRY_AFTER_SECONDS = 5;

    @Override
    public final void configure() {
        onException(RequestFault.class)
                .handled(true)
                .process(
                        e ->
                                problem(
                                        e,
                                        e.getProperty(
                                                Exchange.EXCEPTION_CAUGHT, RequestFault.class)))
                .id("say-what-is-wrong");
        onException(Fault.Retryable.class)
                .handled(true)
                .log(LoggingLevel.WARN, "${exception.message}")
                .process(
                        e -> problem(e, RequestFault.unavailable("the store can't be written now")))
                .id("ask-to-come-again");
        routes();
    }

    /** The routes themselves. */
    abstract void routes();

    /** A step that answers 200 with what a request leads to. */
    static Processor answer(Function<Request, Object> work) {
        return exchange -> reply(exchange, 200, Optional.of(work.apply(new Request(exchange))));
    }

    /**
     * Part of a company's document.
     *
     * @param version of the whole document, for a later {@code If-Match}
     */
    record Tagged(int version, Object body) {}

    /** Like {@link #answer}, with the version as {@code ETag}. */
    static Processor answerTagged(Function<Request, Tagged> work) {
        return exchange -> {
            Tagged tagged = work.apply(new Request(exchange));
            reply(exchange, 200, Optional.of(tagged.body()));
            exchange.getMessage().setHeader("ETag", "\"" + tagged.version() + "\"");
        };
    }

    /** What was accepted; all else is the sender's fault. */
    static Provisioning.Accepted accepted(Provisioning.Outcome outcome) {
        if (outcome instanceof Provisioning.Unreadable broken) {
            throw RequestFault.unreadable(broken.message(), broken.line(), broken.column());
        }
        if (outcome instanceof Provisioning.Refused refused) {
            throw RequestFault.refused(refused.faults());
        }
        if (outcome instanceof Provisioning.Overtaken overtaken) {
            throw RequestFault.overtaken(overtaken.text());
        }
        return (Provisioning.Accepted) outcome;
    }

    /** A step that does something and answers 204. */
    static Processor obey(Consumer<Request> work) {
        return exchange -> {
            work.accept(new Request(exchange));
            reply(exchange, 204, Optional.empty());
        };
    }

    /** A part of a list as JSON. */
    static <T> Map<String, Object> items(Page<T> page, Function<T, Object> view) {
        Map<String, Object> items = new LinkedHashMap<>();
        items.put("items", page.items().stream().map(view).toList());
        page.next().ifPresent(next -> items.put("next", next));
        return items;
    }

    static void reply(Exchange exchange, int status, Optional<Object> body) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        body.ifPresent(b -> message.setHeader(Exchange.CONTENT_TYPE, "application/json"));
        message.setBody(body.map(Json::write).orElse(null));
    }

    private static void problem(Exchange exchange, RequestFault fault) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", TITLES.get(fault.status()));
        problem.put("status", fault.status());
        problem.put("detail", fault.getMessage());
        problem.putAll(fault.more());
        reply(exchange, fault.status(), Optional.of(problem));
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
        if (fault.status() == 503) {
            exchange.getMessage().setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
    }
}
