package org.trunkline.pbx.t2.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;

/** One request to t2, through {@link T2Routes}. Names no token and no query in a text. */
final class Rest {

    private static final Duration LONGEST = Duration.ofSeconds(20);

    private static final int MOST_BYTES = 4 * 1024 * 1024;

    /** What a request came to. */
    record Reply(int status, byte[] body) {

        /** t2 answers 401 or 403 to a token that is expired or used up. */
        boolean unauthorised() {
            return status == 401 || status == 403;
        }

        /**
         * @throws Fault.Retryable if it is no JSON or no success
         */
        JsonNode json(String path) {
            if (status / 100 != 2) {
                throw new Fault.Retryable(path + " answered " + status, Duration.ZERO);
            }
            try {
                return Json.MAPPER.readTree(body);
            } catch (IOException e) {
                throw new Fault.Retryable(path + " answered no JSON", e);
            }
        }
    }

    private final ProducerTemplate template;

    Rest(ProducerTemplate template) {
        this.template = template;
    }

    /**
     * @param address without a query
     * @param query may be empty
     * @param token as the vendor wants it: the bare token
     * @throws Fault.Retryable if no whole reply came
     */
    Reply ask(String method, URI address, String query, String token) {
        Exchange done;
        try {
            done =
                    template.request(
                            T2Routes.ASK,
                            exchange -> {
                                Message in = exchange.getIn();
                                in.setHeader(Exchange.HTTP_METHOD, method);
                                in.setHeader(Exchange.HTTP_URI, address.toString());
                                if (!query.isEmpty()) {
                                    in.setHeader(Exchange.HTTP_RAW_QUERY, query);
                                }
                                in.setHeader("Authorization", token);
                                in.setHeader("Accept", "application/json");
                                // The vendor's firewall answers 406 to names of HTTP libraries.
                                in.setHeader("User-Agent", "Trunkline");
                                in.setHeader(Bounds.MILLIS, LONGEST.toMillis());
                                in.setHeader(Bounds.REPLY_BYTES, MOST_BYTES);
                            });
        } catch (IllegalStateException | RejectedExecutionException stopping) {
            throw new Fault.Retryable("the hub is stopping", stopping);
        }
        if (done.getException() != null) {
            throw new Fault.Retryable(
                    "no reply from " + address.getAuthority() + ": " + words(done.getException()),
                    done.getException());
        }
        byte[] body = done.getMessage().getBody(byte[].class);
        return new Reply(
                done.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
                body == null ? new byte[0] : body);
    }

    /** Some messages of HTTP clients quote the address, query and all. */
    private static String words(Exception failure) {
        String message = failure.getMessage();
        return failure.getClass().getSimpleName()
                + (message == null || message.contains("://") ? "" : ", " + message);
    }
}
