package org.trunkline.crm.bitrix24.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.entity.mime.FileBody;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.trunkline.runtime.HttpOut;

/** HTTP to portals, through {@link RestRoutes}. Never names an address with a query in a text. */
final class Rest {

    /** Slow networks are expected to carry a recording at no less. */
    private static final int LEAST_BYTES_A_SECOND = 64 * 1024;

    private static final int MIB = 1024 * 1024;

    private final ProducerTemplate template;
    private final Duration single;
    private final Duration batch;

    /** The vendor cuts its own requests after 60 s. */
    Rest(ProducerTemplate template) {
        this(template, Duration.ofSeconds(20), Duration.ofSeconds(70));
    }

    /**
     * @param single longest time from the first byte sent to the last received
     * @param batch likewise, for batches
     */
    Rest(ProducerTemplate template, Duration single, Duration batch) {
        this.template = template;
        this.single = single;
        this.batch = batch;
    }

    /** One method call. */
    Reply call(URI address, byte[] json) {
        return send(RestRoutes.REST, address, json, single, MIB);
    }

    /** Several in one. */
    Reply batch(URI address, byte[] json) {
        return send(RestRoutes.REST, address, json, batch, 8 * MIB);
    }

    /** From an authorisation server. */
    Reply token(URI addressWithQuery) {
        return send(RestRoutes.TOKEN, addressWithQuery, null, single, MIB);
    }

    /** A file as a form's only field, read from disk while it is sent. */
    Reply upload(URI address, String field, Path file, String name) {
        HttpEntity form =
                MultipartEntityBuilder.create()
                        .addPart(
                                field,
                                new FileBody(
                                        file.toFile(), ContentType.APPLICATION_OCTET_STREAM, name))
                        .build();
        return send(RestRoutes.UPLOAD, address, form, uploadTime(file), MIB);
    }

    private static Duration uploadTime(Path file) {
        try {
            return Duration.ofSeconds(60 + Files.size(file) / LEAST_BYTES_A_SECOND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Reply send(String route, URI address, Object body, Duration deadline, int replyBytes) {
        Exchange done;
        try {
            done = request(route, address, body, deadline, replyBytes);
        } catch (IllegalStateException | RejectedExecutionException stopping) {
            return new Reply.Lost("the hub is stopping");
        }
        Exception failure = done.getException();
        return failure == null ? arrived(done.getMessage()) : failed(address, failure);
    }

    private Exchange request(
            String route, URI address, Object body, Duration deadline, int replyBytes) {
        return template.request(
                route,
                exchange -> {
                    Message in = exchange.getIn();
                    in.setBody(body);
                    in.setHeader(Exchange.HTTP_URI, withoutQuery(address));
                    in.setHeader(Exchange.HTTP_RAW_QUERY, address.getRawQuery());
                    in.setHeader(HttpOut.MILLIS, deadline.toMillis());
                    in.setHeader(HttpOut.REPLY_BYTES, replyBytes);
                    if (body instanceof HttpEntity entity) {
                        in.setHeader(Exchange.CONTENT_TYPE, entity.getContentType());
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

    private static Reply failed(URI address, Exception failure) {
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
                    "give the portal a valid certificate, or name the file with its private"
                            + " authority's in tls.authorities of etc/org.trunkline.bitrix24.cfg");
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
