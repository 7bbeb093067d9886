package org.trunkline.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.trunkline.bench.process.Stage;

/** A company of the hub with its PBX and its portal in the sandbox. */
public record Firm(Stage stage, Feed feed, Crm crm) {
    private static final long POLL_MILLIS = 200;

    /** The book follows each minute, 250 rows a request. */
    private static final Duration MOST_TO_FOLLOW = Duration.ofMinutes(5);

    /** A hub that has nothing to do for so long has done everything. */
    private static final Duration QUIET = Duration.ofSeconds(4);

    /**
     * Returns when the hub is connected to its PBX.
     *
     * @param place how many companies the hub has with this one
     * @param settings over the preset, as JSON
     */
    public static Firm open(
            Stage stage, int place, String id, Crm crm, String preset, String settings, Path files)
            throws IOException, InterruptedException {
        Feed feed = Feed.install(stage.sandbox(), id, crm.kind(), Optional.of(files));
        ObjectNode parsed = (ObjectNode) new ObjectMapper().readTree(settings);
        stage.provision(id, feed.document(preset, parsed));
        stage.awaitConnected(place);
        return new Firm(stage, feed, crm);
    }

    /** The client of a call, as the PBX writes the number. */
    public static String client(int number) {
        return String.format(Locale.ROOT, "7916%07d", number);
    }

    /**
     * The portal knows the first clients from now on, each with an open deal, and nobody else.
     * Returns when the hub's phone book has followed.
     */
    void know(int count) throws IOException, InterruptedException {
        put(crm.knowing(count));
        Instant known = Instant.now();
        long until = System.nanoTime() + MOST_TO_FOLLOW.toNanos();
        while (bookAsOf().isBefore(known) || !inBook(client(count))) {
            if (System.nanoTime() > until) {
                throw new IOException("the phone book does not know " + client(count) + " in time");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** What was asked of the portal so far does not count. */
    void forgetLedger() throws IOException, InterruptedException {
        put(object().set("ledger", object().arrayNode()));
    }

    public void put(JsonNode state) throws IOException, InterruptedException {
        stage.sandbox().send("PUT", portal("_state"), state);
    }

    void fault(String kind) throws IOException, InterruptedException {
        stage.sandbox().send("POST", portal("_faults"), object().put("kind", kind));
    }

    void mend() throws IOException, InterruptedException {
        stage.sandbox().delete(portal("_faults"));
    }

    public JsonNode state() throws IOException, InterruptedException {
        return stage.sandbox().get(portal("_state"));
    }

    CompletableFuture<HttpResponse<String>> play(String capture, String client, double speed) {
        return feed.play(stage.sandbox(), capture, client, speed);
    }

    boolean playing() throws IOException, InterruptedException {
        return !stage.sandbox().get("/sandbox/ami/" + feed.id()).path("playing").isEmpty();
    }

    /** Rows of work that are not done, of all companies. */
    long open() throws IOException, InterruptedException {
        JsonNode work = stage.hub().administrator().get("/health").path("work");
        return work.path("waiting").asLong() + work.path("retrying").asLong();
    }

    /** Returns when the PBX is silent and the hub has had nothing to do for a while. */
    void rest() throws IOException, InterruptedException {
        long since = System.nanoTime();
        while (System.nanoTime() - since < QUIET.toNanos()) {
            if (playing() || open() > 0) {
                since = System.nanoTime();
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    private boolean inBook(String client) throws IOException, InterruptedException {
        String book =
                "/api/v1/companies/" + feed.id() + "/portals/main/phone-book?number=" + client;
        return !stage.hub().administrator().get(book).path("client").isEmpty();
    }

    /** When the book was last asked for changes; the beginning of time if never. */
    private Instant bookAsOf() throws IOException, InterruptedException {
        for (JsonNode one : stage.hub().administrator().get("/health").path("portals")) {
            JsonNode caughtUp = one.path("phoneBook").path("caughtUpAt");
            if (one.path("company").asText().equals(feed.id()) && caughtUp.isTextual()) {
                return Instant.parse(caughtUp.asText());
            }
        }
        return Instant.MIN;
    }

    private String portal(String what) {
        return feed.portalPath() + "/" + what;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
