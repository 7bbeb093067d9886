package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.camel.Exchange;
import org.trunkline.http.HttpGate;
import org.trunkline.model.Company;
import org.trunkline.model.DocumentFault;
import org.trunkline.model.Fault;
import org.trunkline.model.Integration;
import org.trunkline.store.Companies;
import org.trunkline.store.Page;

/** A request as the routes read it: parameters checked, each fault with its cure. */
record Request(Exchange exchange) {

    private static final int MOST = 500;
    private static final int USUAL = 50;

    /** A part of the path. */
    String path(String name) {
        return optional(name).orElseThrow(() -> new IllegalStateException("no {" + name + "}"));
    }

    /** A query parameter; one that is given twice or empty counts as wrong. */
    Optional<String> optional(String name) {
        Object value = exchange.getMessage().getHeader(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!(value instanceof String text) || text.isBlank()) {
            throw RequestFault.parameter(name, value.toString(), "give it once, with a value");
        }
        return Optional.of(text);
    }

    /** 1 to 500, 50 if not given. */
    int limit() {
        return optional("limit").map(Request::limit).orElse(USUAL);
    }

    private static int limit(String text) {
        if (text.matches("[1-9][0-9]{0,2}") && Integer.parseInt(text) <= MOST) {
            return Integer.parseInt(text);
        }
        throw RequestFault.parameter("limit", text, "give a whole number from 1 to " + MOST);
    }

    /** A page of a list; the store refuses a cursor that it did not give. */
    <T> Page<T> page(Function<Optional<String>, Page<T>> list) {
        try {
            return list.apply(optional("cursor"));
        } catch (Fault.Data notOurs) {
            throw RequestFault.wrong(notOurs);
        }
    }

    Optional<Instant> since() {
        return optional("since").map(Request::time);
    }

    private static Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException notATime) {
            throw RequestFault.parameter(
                    "since",
                    text,
                    "give a time as 2026-11-21T19:44:21Z (a + of an offset is written %2B)");
        }
    }

    /** The company in the path. */
    Company company(Companies companies) {
        String id = path("company");
        return companies.find(id).orElseThrow(() -> RequestFault.unknown("company", id));
    }

    byte[] body() {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        return body == null ? new byte[0] : body;
    }

    /** The body as JSON that a person wrote. */
    JsonNode json() {
        try {
            return StrictJson.read(body());
        } catch (StrictJson.Broken e) {
            throw RequestFault.unreadable(e.getMessage(), e.line(), e.column());
        }
    }

    /** The body as a JSON object. */
    JsonNode object() {
        JsonNode body = json();
        if (!body.isObject()) {
            throw RequestFault.refused(
                    List.of(new DocumentFault("", "must be an object", "put it into { }")));
        }
        return body;
    }

    /** The integration in the path. */
    Integration integration(Company company) {
        String id = path("integration");
        return company.integration(id).orElseThrow(() -> RequestFault.unknown("integration", id));
    }

    /** The version that a change was made from, by {@code If-Match}; empty: not said. */
    Optional<Integer> madeFrom() {
        return optional("If-Match").map(Request::version);
    }

    private static int version(String tag) {
        String number = tag.replaceFirst("^(?:W/)?\"(.*)\"$", "$1");
        if (!number.matches("0|[1-9][0-9]{0,8}")) {
            throw RequestFault.parameter(
                    "If-Match", tag, "give the ETag that the version came with, such as \"3\"");
        }
        return Integer.parseInt(number);
    }

    /** Who asks, for the history. */
    String author() {
        return Optional.ofNullable(exchange.getProperty(HttpGate.USER, String.class))
                .orElse("unknown");
    }
}
