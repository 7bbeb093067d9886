package org.trunkline.crm.delivery.internal.recordings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.http.FileBody;
import org.trunkline.model.Fault;

/**
 * Plays recordings to whoever holds their link (rules I3, T10). Who guesses gets 404, without
 * detail and after the same work, wherever the guess is wrong.
 *
 * <p>A genuine link whose recording is not there yet answers 503 with Retry-After, and never 404 or
 * 425: to an HTML player every error is the same, it plays at the next click; programs that fetch
 * (and CRMs that look at a link before they show it) take 404 as final and forget the link, and try
 * again after 503; 425 belongs to TLS early data, which browsers repeat at once. 404 follows once
 * it is certain that nothing will come.
 */
final class RecordingRoutes extends RouteBuilder {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingRoutes.class);

    private static final String PLAY = "direct:play-recording";
    private static final Duration BUSY = Duration.ofSeconds(2);
    private static final Duration LATER = Duration.ofSeconds(30);
    private static final byte[] RIFF = "RIFF".getBytes(StandardCharsets.US_ASCII);

    /** What a player has must be asked for each time, or a revoked link would still play there. */
    private static final String CACHE = "private, no-cache";

    private final SignedLinks links;
    private final Shelf shelf;
    private final FetchedRecordings fetched;
    private final Seats seats = new Seats();

    RecordingRoutes(SignedLinks links, Shelf shelf, FetchedRecordings fetched) {
        this.links = links;
        this.shelf = shelf;
        this.fetched = fetched;
    }

    @Override
    public void configure() {
        onException(Fault.class)
                .handled(true)
                .process(
                        e ->
                                unavailable(
                                        e,
                                        e.getProperty(Exchange.EXCEPTION_CAUGHT, Fault.class)
                                                        instanceof Fault.Retryable later
                                                ? later.retryAfter().orElse(LATER)
                                                : LATER));

        rest(SignedLinks.PREFIX + "/{company}/{call}/{recording}")
                .get("/{signature}")
                .to(PLAY)
                .head("/{signature}")
                .to(PLAY);

        from(PLAY).routeId("play-recording").process(this::play);

        from("timer:recordings?period=60000")
                .routeId("tidy-recordings")
                .process(e -> fetched.tidy());
    }

    private void play(Exchange exchange) throws IOException {
        Message asked = exchange.getMessage();
        Seal seal =
                new Seal(
                        asked.getHeader("company", String.class),
                        asked.getHeader("call", String.class),
                        asked.getHeader("recording", String.class));
        if (!links.isGenuine(seal, asked.getHeader("signature", String.class))) {
            problem(exchange, 404, "Not Found");
        } else if (!seats.take(seal.company())) {
            unavailable(exchange, BUSY);
        } else {
            play(exchange, seal);
        }
    }

    private void play(Exchange exchange, Seal seal) throws IOException {
        boolean opened = false;
        try {
            Shelf.Found found = shelf.open(seal, () -> seats.leave(seal.company()));
            opened = true;
            exchange.getMessage().setBody(found.body());
            head(exchange.getMessage(), seal, found);
        } catch (Fault.Data never) {
            // Its text may name the file, and that a client's number.
            LOG.warn(
                    "The recording of call {} of {} can't be played: {}",
                    seal.call(),
                    seal.company(),
                    never.cure().isEmpty() ? never.getMessage() : never.cure());
            problem(exchange, 404, "Not Found");
        } finally {
            if (!opened) {
                seats.leave(seal.company());
            }
        }
    }

    private static void head(Message message, Seal seal, Shelf.Found found) throws IOException {
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, type(found.body()));
        message.setHeader("Cache-Control", CACHE);
        message.setHeader(
                "ETag",
                "\"%s-%x%s\"".formatted(seal.recording(), found.body().size(), found.version()));
    }

    /** By what it is, whatever its name says. */
    private static String type(FileBody body) throws IOException {
        ByteBuffer begin = ByteBuffer.allocate(RIFF.length);
        body.read(begin, 0);
        return begin.flip().equals(ByteBuffer.wrap(RIFF)) ? "audio/wav" : "audio/mpeg";
    }

    private static void unavailable(Exchange exchange, Duration retryAfter) {
        problem(exchange, 503, "Service Unavailable");
        exchange.getMessage().setHeader("Retry-After", Math.max(1, retryAfter.toSeconds()));
    }

    private static void problem(Exchange exchange, int status, String title) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
        message.setBody(
                "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d}"
                        .formatted(title, status));
    }
}
