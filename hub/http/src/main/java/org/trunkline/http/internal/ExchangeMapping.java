package org.trunkline.http.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Message;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.eclipse.jetty.http.BadMessageException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.URIUtil;
import org.trunkline.http.FileBody;
import org.trunkline.http.HttpGate;

/**
 * Request to exchange and exchange to response. Headers, then query parameters, then path
 * parameters become Camel headers; a path parameter wins over all of the same name. The body is the
 * bytes as they came (signatures are checked over them), null when there were none.
 */
final class ExchangeMapping {
    /**
     * What belongs to the connection. (Camel's own HTTP filter would also keep back Cache-Control
     * and Content-Type.)
     */
    private static final Set<String> NOT_THE_ROUTES_TO_SET =
            Set.of(
                    "connection",
                    "content-length",
                    "date",
                    "host",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "via");

    /** The headers as the request gave them. */
    record Given(Map<String, Object> headers) {}

    private final PlatformHttpEndpoint endpoint;
    private final HeaderFilterStrategy filter;

    ExchangeMapping(PlatformHttpEndpoint endpoint) {
        this.endpoint = endpoint;
        this.filter = endpoint.getHeaderFilterStrategy();
    }

    Given request(Request request, byte[] body, Exchange exchange) {
        exchange.setPattern(ExchangePattern.InOut);
        Message in = exchange.getIn();
        for (HttpField field : request.getHeaders()) {
            // Credentials stay at the gate.
            if (field.getHeader() != HttpHeader.AUTHORIZATION) {
                add(in, field.getName(), field.getValue(), exchange);
            }
        }
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            in.removeHeader(field.getName());
            field.getValues().forEach(value -> add(in, field.getName(), value, exchange));
        }
        String path = Request.getPathInContext(request);
        addPathParameters(in, path);
        in.setHeader(Exchange.HTTP_METHOD, request.getMethod());
        in.setHeader(Exchange.HTTP_PATH, path);
        in.setHeader(Exchange.HTTP_URI, path);
        in.setHeader(Exchange.HTTP_QUERY, request.getHttpURI().getQuery());
        in.setBody(body.length == 0 ? null : body);
        exchange.setProperty(HttpGate.CLIENT_ADDRESS, GateHandler.clientAddress(request));
        Optional.ofNullable(request.getAttribute(HttpGate.USER))
                .ifPresent(user -> exchange.setProperty(HttpGate.USER, user));
        return new Given(new HashMap<>(in.getHeaders()));
    }

    void response(Exchange exchange, Given given, Response response, Callback callback)
            throws IOException {
        Message message = exchange.getMessage();
        headers(message, given, response);
        if (message.getBody() instanceof FileBody file) {
            FileAnswer.send(file, response, callback);
            return;
        }
        byte[] body = bytes(message);
        boolean empty = body.length == 0;
        HttpFields.Mutable headers = response.getHeaders();
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        response.setStatus(
                status != null ? status : empty ? HttpStatus.NO_CONTENT_204 : HttpStatus.OK_200);
        if (!empty && !headers.contains(HttpHeader.CONTENT_TYPE)) {
            headers.put(HttpHeader.CONTENT_TYPE, "application/json");
        }
        response.write(true, empty ? null : ByteBuffer.wrap(body), callback);
    }

    private void headers(Message message, Given given, Response response) {
        HttpFields.Mutable headers = response.getHeaders();
        message.getHeaders()
                .forEach(
                        (name, value) -> {
                            if (isAnswer(name, value, given)) {
                                headers.put(name, message.getHeader(name, String.class));
                            }
                        });
        if (!headers.contains(HttpHeader.CACHE_CONTROL)) {
            headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        }
    }

    /** Text is UTF-8 whatever the JVM's default is. */
    private static byte[] bytes(Message message) {
        if (message.getBody() == null) {
            return new byte[0];
        }
        byte[] bytes =
                message.getBody() instanceof CharSequence ? null : message.getBody(byte[].class);
        return bytes != null
                ? bytes
                : message.getBody(String.class).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * 503 while the context stops, 400 for what can't be decoded; anything else is the hub's own
     * fault.
     */
    static int status(Throwable failure) {
        if (failure instanceof RejectedExecutionException) {
            return HttpStatus.SERVICE_UNAVAILABLE_503;
        }
        return failure instanceof BadMessageException bad
                ? bad.getCode()
                : HttpStatus.INTERNAL_SERVER_ERROR_500;
    }

    /**
     * Camel's message still holds all that the request brought: only what the route set goes back.
     */
    private boolean isAnswer(String name, Object value, Given given) {
        return value != null
                && given.headers().get(name) != value
                && !name.regionMatches(true, 0, "Camel", 0, "Camel".length())
                && !NOT_THE_ROUTES_TO_SET.contains(name.toLowerCase(Locale.ROOT));
    }

    private void add(Message in, String name, String value, Exchange exchange) {
        if (filter.applyFilterToExternalHeaders(name, value, exchange)) {
            return;
        }
        Object before = in.getHeader(name);
        if (before == null) {
            in.setHeader(name, value);
        } else if (before instanceof List<?> several) {
            List<Object> all = new ArrayList<>(several);
            all.add(value);
            in.setHeader(name, all);
        } else {
            in.setHeader(name, new ArrayList<>(List.of(before, value)));
        }
    }

    private void addPathParameters(Message in, String path) {
        String[] template = endpoint.getPath().split("/");
        String[] actual = path.split("/");
        for (int i = 0; i < template.length && i < actual.length; i++) {
            if (template[i].startsWith("{") && template[i].endsWith("}")) {
                String name = template[i].substring(1, template[i].length() - 1);
                in.setHeader(name, URIUtil.decodePath(actual[i]));
            }
        }
    }
}
