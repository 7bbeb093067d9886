package org.trunkline.crm.connector.portal;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/** What all requests from portals have in common: whom they name, and how they are answered. */
public final class PortalRequests {

    /** Exchange property: the origin whose pages may read the answer in a browser, a String. */
    public static final String ALLOWED_ORIGIN = "trunkline.crm.allowedOrigin";

    private static final Map<Integer, String> TITLES =
            Map.of(
                    400, "Bad Request",
                    401, "Unauthorized",
                    403, "Forbidden",
                    404, "Not Found",
                    409, "Conflict",
                    413, "Payload Too Large",
                    503, "Service Unavailable");

    private static final int RETRY_AFTER_SECONDS = 5;

    private PortalRequests() {}

    /** Whom the path names. */
    public record Addressee(String company, Portal portal) {}

    /** What becomes of requests that are not taken; the sender learns no more than he needs. */
    public static void answerFaults(RouteBuilder routes) {
        routes.onException(Rejected.class)
                .handled(true)
                .process(
                        e -> {
                            Rejected why = e.getProperty(Exchange.EXCEPTION_CAUGHT, Rejected.class);
                            problem(e, why.status(), why.getMessage());
                        });
        routes.onException(Fault.class)
                .handled(true)
                .log(LoggingLevel.WARN, "${exception.message}")
                .process(e -> problem(e, 503, ""));
    }

    /**
     * The portal that the path names by {@code company} and {@code portal}.
     *
     * @throws Rejected if there is none of that kind
     */
    public static Addressee addressee(Companies companies, Exchange exchange, CrmKind kind) {
        Addressee to = addressee(companies, exchange);
        if (to.portal().kind() != kind) {
            throw Rejected.unknown();
        }
        return to;
    }

    /**
     * The portal that the path names, of whichever kind.
     *
     * @throws Rejected if there is none
     */
    public static Addressee addressee(Companies companies, Exchange exchange) {
        String company = text(exchange, "company").orElseThrow(Rejected::unknown);
        String portal = text(exchange, "portal").orElseThrow(Rejected::unknown);
        return companies
                .find(company)
                .flatMap(c -> c.portal(portal))
                .map(p -> new Addressee(company, p))
                .orElseThrow(Rejected::unknown);
    }

    /** A part of the path, a header or a query parameter that comes once. */
    public static Optional<String> text(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name) instanceof String text && !text.isBlank()
                ? Optional.of(text.strip())
                : Optional.empty();
    }

    public static void reply(Exchange exchange, int status, String type, String body) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, type);
        message.setBody(body.isEmpty() ? null : body);
        String origin = exchange.getProperty(ALLOWED_ORIGIN, String.class);
        if (origin != null) {
            message.setHeader("Access-Control-Allow-Origin", origin);
            message.setHeader("Vary", "Origin");
        }
    }

    private static void problem(Exchange exchange, int status, String detail) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", TITLES.get(status));
        problem.put("status", status);
        if (!detail.isEmpty()) {
            problem.put("detail", detail);
        }
        reply(exchange, status, "application/problem+json", Json.write(problem));
        if (status == 503) {
            exchange.getMessage().setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
    }
}
