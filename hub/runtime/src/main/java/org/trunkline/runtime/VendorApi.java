package org.trunkline.runtime;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
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
import org.trunkline.model.RecordingSource;
import org.trunkline.runtime.internal.HttpBounds;

/**
 * The way of a bundle's requests to the API of its vendor, in a context that has {@link HttpOut} as
 * {@code https}. An error of the vendor's is an answer here, no exception, and nothing is repeated.
 * Names no query, header or body in a text: they carry secrets.
 */
public final class VendorApi extends RouteBuilder {

    private static final String ASK = "direct:vendor-api";

    private static final String FORM = "application/x-www-form-urlencoded";

    private static final Duration LONGEST_RECORDING = Duration.ofMinutes(10);

    private volatile ProducerTemplate template;

    /**
     * One request.
     *
     * @param address its query as it is to be sent
     * @param form body of a POST; empty: a request without one
     * @param file where a successful reply's body goes, instead of into memory
     * @param deadline from the first byte sent to the last received
     * @param mostBytes of the reply
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
     * @param type of the body
     * @param location of a redirect
     */
    public record Reply(int status, byte[] body, String type, Optional<String> location) {

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
     * @throws Fault.Data if it is too long
     */
    public Reply ask(Question question) {
        Exchange done;
        try {
            done = template.request(ASK, exchange -> fill(exchange.getIn(), question));
        } catch (IllegalStateException | RejectedExecutionException stopping) {
            throw new Fault.Retryable("the hub is stopping", stopping);
        }
        if (done.getException() instanceof HttpBounds.TooLong tooLong) {
            throw new Fault.Data(
                    question.address().getAuthority() + ": " + tooLong.getMessage(),
                    "leave it out, it is not read");
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
                reply.getHeader(Exchange.CONTENT_TYPE, "", String.class),
                Optional.ofNullable(reply.getHeader("Location", String.class)));
    }

    /** Asks for a recording, which goes to the file if all is well; see {@link #saved}. */
    public Reply recording(URI address, Map<String, String> headers, Path file) {
        return ask(
                new Question(
                        "GET",
                        address,
                        headers,
                        Optional.empty(),
                        Optional.of(file),
                        LONGEST_RECORDING,
                        RecordingSource.MOST_BYTES));
    }

    /**
     * What a reply to {@link #recording} means. Whom a redirect may lead to is the caller's matter.
     *
     * @return where the recording is instead; empty: it is in the file
     * @throws Fault.Retryable if it is not there yet
     */
    public static Optional<URI> saved(URI address, Reply reply, Path file) {
        if (reply.status() / 100 == 3 && reply.location().isPresent()) {
            return reply.location().map(location -> led(address, location));
        }
        String what = address.getAuthority() + " answered " + reply.status();
        if (!reply.success()) {
            throw new Fault.Retryable("the recording is not there yet: " + what, Duration.ZERO);
        }
        // Errors come with 200 too.
        if (reply.type().matches("(?i)(text/|application/(problem\\+)?json).*") || empty(file)) {
            throw new Fault.Retryable(
                    "the recording is not there yet: " + what + ", no sound", Duration.ZERO);
        }
        return Optional.empty();
    }

    /**
     * Where a redirect leads to.
     *
     * @throws Fault.Retryable if that is no address: vendors send spaces and Cyrillic unescaped
     */
    public static URI led(URI from, String location) {
        try {
            return from.resolve(new URI(location));
        } catch (URISyntaxException | IllegalArgumentException quotesTheAddress) {
            throw new Fault.Retryable(
                    from.getAuthority() + " leads to what is no address", Duration.ZERO);
        }
    }

    private static boolean empty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException e) {
            throw new Fault.Retryable("a temporary file can't be read: " + file, e);
        }
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
