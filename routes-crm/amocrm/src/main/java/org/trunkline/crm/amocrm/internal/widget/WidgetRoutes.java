package org.trunkline.crm.amocrm.internal.widget;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.crm.amocrm.internal.AmocrmHttp;
import org.trunkline.crm.connector.portal.PortalRequests;
import org.trunkline.crm.connector.portal.PortalRequests.Addressee;
import org.trunkline.crm.connector.portal.Rejected;
import org.trunkline.model.Company;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Json;
import org.trunkline.store.Companies;

/**
 * What the widget in a portal's pages asks: {@code click}, {@code employees}, {@code calls/{id}}.
 * Each request bears a one-time token; browsers let the portal's own pages read the answers alone.
 */
final class WidgetRoutes extends RouteBuilder {

    private static final String PORTAL =
            "platform-http:" + AmocrmHttp.PREFIX + "/{company}/{portal}";

    /** A number and its field's name. */
    private static final int MOST_BYTES = 1_024;

    private static final int LONGEST_NUMBER = 64;
    private static final int MAY_ASK_FOR_SECONDS = 600;

    private final Companies companies;
    private final Door door;
    private final WidgetCalls calls;

    WidgetRoutes(Companies companies, Door door, WidgetCalls calls) {
        this.companies = companies;
        this.door = door;
        this.calls = calls;
    }

    /** Who asks, once the token holds. */
    private record Visit(Company company, Addressee to, DisposableToken token) {}

    @Override
    public void configure() {
        PortalRequests.answerFaults(this);

        from(PORTAL + "/click?httpMethodRestrict=POST,OPTIONS")
                .routeId("amocrm-widget-click")
                .process(exchange -> serve(exchange, "POST", this::click));

        from(PORTAL + "/employees?httpMethodRestrict=GET,OPTIONS")
                .routeId("amocrm-widget-employees")
                .process(exchange -> serve(exchange, "GET", this::employees));

        from(PORTAL + "/calls/{call}?httpMethodRestrict=GET,OPTIONS")
                .routeId("amocrm-widget-call")
                .process(exchange -> serve(exchange, "GET", this::call));
    }

    private void serve(
            Exchange exchange, String method, BiFunction<Visit, Exchange, Object> answer) {
        // Before all else, and for refusals too: without it a browser tells the page nothing, not
        // even the status. That there is no such portal, anybody may read.
        exchange.setProperty(PortalRequests.ALLOWED_ORIGIN, "*");
        boolean asksFirst = "OPTIONS".equals(exchange.getMessage().getHeader(Exchange.HTTP_METHOD));
        Addressee to;
        try {
            to = PortalRequests.addressee(companies, exchange, CrmKind.AMOCRM);
        } catch (Rejected unknown) {
            if (asksFirst) {
                mayAsk(exchange, method);
                return;
            }
            throw unknown;
        }
        exchange.setProperty(PortalRequests.ALLOWED_ORIGIN, origin(exchange, to));
        if (asksFirst) {
            mayAsk(exchange, method);
            return;
        }
        DisposableToken token = door.enter(to, PortalRequests.text(exchange, "X-Auth-Token"));
        Company company = companies.find(to.company()).orElseThrow(Rejected::unknown);
        Object answered = answer.apply(new Visit(company, to, token), exchange);
        PortalRequests.reply(exchange, 200, "application/json", Json.write(answered));
    }

    /** Whose pages may read the answer. */
    private String origin(Exchange exchange, Addressee to) {
        List<String> pages =
                door.addresses(to).stream()
                        .map(address -> Origin.of(address.toString()))
                        .flatMap(Optional::stream)
                        .toList();
        String from = PortalRequests.text(exchange, "Origin").orElse(pages.get(0));
        if (!pages.contains(from)) {
            exchange.removeProperty(PortalRequests.ALLOWED_ORIGIN);
            throw Rejected.stranger();
        }
        return from;
    }

    private static void mayAsk(Exchange exchange, String method) {
        PortalRequests.reply(exchange, 204, "text/plain", "");
        Message answer = exchange.getMessage();
        answer.setHeader("Access-Control-Allow-Methods", method);
        answer.setHeader("Access-Control-Allow-Headers", "X-Auth-Token, Content-Type");
        answer.setHeader("Access-Control-Max-Age", MAY_ASK_FOR_SECONDS);
    }

    private Object click(Visit visit, Exchange exchange) {
        return calls.click(visit.company(), visit.to().portal(), visit.token(), asked(exchange))
                .map(id -> Map.of("call", id))
                .orElseThrow(() -> Rejected.conflict("no PBX is bound to this portal"));
    }

    private Object employees(Visit visit, Exchange exchange) {
        return EmployeeRow.of(visit.company(), visit.to().portal());
    }

    private Object call(Visit visit, Exchange exchange) {
        boolean russian = PortalRequests.text(exchange, "lang").filter("ru"::equals).isPresent();
        return calls.card(
                        visit.company(),
                        visit.to().portal(),
                        visit.token().user(),
                        PortalRequests.text(exchange, "call").orElseThrow(Rejected::unknown),
                        russian)
                .orElseThrow(Rejected::unknown);
    }

    private static WidgetCalls.Asked asked(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        if (body != null && body.length > MOST_BYTES) {
            throw Rejected.tooLarge();
        }
        try {
            JsonNode json = Json.tree(body == null ? "" : new String(body, StandardCharsets.UTF_8));
            String number = json.path("number").asText().strip();
            String click = json.path("click").asText();
            if (!number.isEmpty() && number.length() <= LONGEST_NUMBER) {
                return new WidgetCalls.Asked(
                        number, Optional.of(click).filter(c -> c.matches("[A-Za-z0-9-]{8,64}")));
            }
        } catch (IllegalArgumentException noJson) {
            throw Rejected.malformed("send JSON such as {\"number\":\"+79161234567\"}");
        }
        throw Rejected.malformed(
                "number is missing, or longer than " + LONGEST_NUMBER + " characters");
    }
}
