package org.trunkline.runtime;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.model.Fault;

/**
 * The way of a bundle's requests to the API of its vendor, in a context that has {@link HttpOut} as
 * {@code https}. An error of the vendor's is an answer here, no exception, and nothing is repeated.
 * Names no query, header or body in a text: they carry secrets.
 */
public final class VendorApi extends RouteBuilder {

    private static final String ASK = "direct:vendor-api";

    private static final String FORM = "application/x-www-form-urlencoded";

    private volatile ProducerTemplate template;

    /**
     * One request.
     *
     * @param address its query as it is to be sent
     * @param form body of a POST; empty: a request without one
     * @param file where a successful reply's body goes, instead of into memory
     * @param deadline from the first byte sent to the last received
     * @param mostBytes of the reply; a longer one counts as none
     */
    public record Question(
            String method,
            URI address,
            Map<String, String> headers,
            Optional<String> form,
            Optional<Path> file,
            Duration deadline,
            int mostBytes) {}

    /**
     * What came back.
     *
     * @param location of a redirect
     */
    public record Reply(int status, byte[] body, Optional<String> location) {

        public boolean success() {
            return status / 100 == 2;
        }
    }

    @Override
    public void configure() {
        errorHandler(noErrorHandler());
        from(ASK)
                .routeId("vendor-api")
                .to(
                        "https:vendor?throwExceptionOnFailure=false&followRedirects=false"
                                + "&copyHeaders=false")
                .id("vendor");
        template = getContext().createProducerTemplate();
    }

    /**
     * @throws Fault.Retryable if no whole reply came
     */
    public Reply ask(Question question) {
        Exchange done;
        try {
            done = template.request(ASK, exchange -> fill(exchange.getIn(), question));
        } catch (IllegalStateException | RejectedExecutionException stopping) {
            throw new Fault.Retryable("the hub is stopping", stopping);
        }
        if (done.getException() != null) {
            throw new Fault.Retryable(
                    "no reply from "
                            + question.address().getAuthority()
                            + ": "
                            + words(done.getException()),
                    done.getException());
        }
        Message reply = done.getMessage();
        byte[] body = reply.getBody(byte[].class);
        return new Reply(
                reply.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class),
                body == null ? new byte[0] : body,
                Optional.ofNullable(reply.getHeader("Location", String.class)));
    }

    private static void fill(Message in, Question question) {
        question.headers().forEach(in::setHeader);
        in.setHeader(Exchange.HTTP_METHOD, question.method());
        in.setHeader(Exchange.HTTP_URI, question.address().toString().replaceFirst("\\?.*", ""));
        if (question.address().getRawQuery() != null) {
            in.setHeader(Exchange.HTTP_RAW_QUERY, question.address().getRawQuery());
        }
        // Firewalls of vendors answer 406 to names of HTTP libraries.
        in.setHeader("User-Agent", "Trunkline");
        in.setHeader(HttpOut.MILLIS, question.deadline().toMillis());
        in.setHeader(HttpOut.REPLY_BYTES, question.mostBytes());
        question.file().ifPresent(file -> in.setHeader(HttpOut.REPLY_FILE, file.toString()));
        question.form()
                .ifPresent(
                        form -> {
                            in.setHeader(Exchange.CONTENT_TYPE, FORM);
                            in.setBody(form);
                        });
    }

    /** Some messages of HTTP clients quote the address, query and all. */
    private static String words(Exception failure) {
        String message = failure.getMessage();
        return failure.getClass().getSimpleName()
                + (message == null || message.contains("://") ? "" : ", " + message);
    }
}
