package org.trunkline.crm.connector;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.HttpEntity;
import org.trunkline.runtime.HttpOut;

/** HTTP to portals, through {@link RestRoutes}. Never names an address with a query in a text. */
public final class PortalHttp {

    private final ProducerTemplate template;
    private final String trustCure;

    /**
     * @param trustCure what to do about a certificate that nobody vouches for
     */
    public PortalHttp(ProducerTemplate template, String trustCure) {
        this.template = template;
        this.trustCure = trustCure;
    }

    /**
     * Makes one request.
     *
     * @param headers beside the body's type, such as the authorisation
     * @param body bytes of JSON, a form as {@link HttpEntity}, or null for none
     * @param deadline longest time from the first byte sent to the last received
     * @param replyBytes longest reply
     */
    public Reply send(
            String method,
            URI address,
            Map<String, String> headers,
            Object body,
            Duration deadline,
            int replyBytes) {
        Exchange done;
        try {
            done = request(method, address, headers, body, deadline, replyBytes);
        } catch (IllegalStateException | RejectedExecutionException stopping) {
            return new Reply.Lost("the hub is stopping");
        }
        Exception failure = done.getException();
        return failure == null ? arrived(done.getMessage()) : failed(address, failure);
    }

    private Exchange request(
            String method,
            URI address,
            Map<String, String> headers,
            Object body,
            Duration deadline,
            int replyBytes) {
        return template.request(
                RestRoutes.PORTAL,
                exchange -> {
                    Message in = exchange.getIn();
                    headers.forEach(in::setHeader);
                    in.setHeader(Exchange.HTTP_METHOD, method);
                    in.setBody(body);
                    in.setHeader(Exchange.HTTP_URI, withoutQuery(address));
                    in.setHeader(Exchange.HTTP_RAW_QUERY, address.getRawQuery());
                    in.setHeader(HttpOut.MILLIS, deadline.toMillis());
                    in.setHeader(HttpOut.REPLY_BYTES, replyBytes);
                    if (body instanceof HttpEntity entity) {
                        in.setHeader(Exchange.CONTENT_TYPE, entity.getContentType());
                    } else if (body != null) {
                        in.setHeader(Exchange.CONTENT_TYPE, "application/json");
                    }
                });
    }

    private static Reply arrived(Message reply) {
        byte[] body = reply.getBody(byte[].class);
        return new Reply.Arrived(
                reply.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
                body == null ? new byte[0] : body,
                Optional.ofNullable(reply.getHeader("Location", String.class)));
    }

    private Reply failed(URI address, Exception failure) {
        String host = address.getAuthority();
        if (failure instanceof UnknownHostException) {
            return new Reply.Unreached(
                    "no such host: " + host,
                    "check the portal's address in the provisioning document, and DNS");
        }
        if (failure instanceof ConnectTimeoutException) {
            return new Reply.Unreached(
                    "no connection to " + host + " in time", "check the firewall towards it");
        }
        if (failure instanceof ConnectException || failure instanceof NoRouteToHostException) {
            return new Reply.Unreached(
                    "no connection to " + host,
                    "check that the portal is up and its address and port are right");
        }
        if (failure instanceof SSLHandshakeException
                || failure instanceof SSLPeerUnverifiedException) {
            return new Reply.Unreached(
                    "the certificate of " + host + " is not trusted: " + failure.getMessage(),
                    trustCure);
        }
        if (failure instanceof ConnectionRequestTimeoutException) {
            return new Reply.Unreached("all connections to " + host + " are busy", "");
        }
        return new Reply.Lost(
                "no whole reply from "
                        + host
                        + " ("
                        + failure.getClass().getSimpleName()
                        + (failure.getMessage() != null && !failure.getMessage().contains("://")
                                ? ": " + failure.getMessage()
                                : "")
                        + ")");
    }

    private static String withoutQuery(URI address) {
        String text = address.toString();
        int query = text.indexOf('?');
        return query < 0 ? text : text.substring(0, query);
    }
}
