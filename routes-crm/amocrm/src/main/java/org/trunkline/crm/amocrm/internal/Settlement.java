package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Breaker;
import org.trunkline.crm.connector.Mishaps;
import org.trunkline.crm.connector.Trip;
import org.trunkline.crm.connector.Vitals;
import org.trunkline.crm.connector.Waiting;
import org.trunkline.model.Fault;

/** Draws the consequences of a trip. Guarded by its courier's lock. */
final class Settlement {

    /** Longer than anybody waits for his turn: who comes meanwhile is told at once. */
    private static final Duration BLOCKED = Duration.ofSeconds(90);

    private static final Duration LONGEST_BLOCK = Duration.ofMinutes(10);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);

    private final Departures departures;
    private final Mishaps<Parcel> mishaps;
    private final Breaker breaker;
    private final Vitals vitals;
    private final LongSupplier nanos;
    private int tooManyInARow;
    private int blockedInARow;

    Settlement(Departures departures, Breaker breaker, Vitals vitals, LongSupplier nanos) {
        this.departures = departures;
        this.mishaps = new Mishaps<>(departures, breaker, vitals, nanos);
        this.breaker = breaker;
        this.vitals = vitals;
        this.nanos = nanos;
    }

    /** What a trip's outcome means for those who left with it, and for the next departures. */
    void settle(Endpoint endpoint, List<Waiting<Parcel>> leaving, Trip trip) {
        if (trip instanceof Said.Answered answered) {
            breaker.reached();
            tooManyInARow = 0;
            blockedInARow = 0;
            answered(endpoint, leaving, answered);
        } else if (trip instanceof Said.TooMany tooMany) {
            breaker.reached();
            tooMany(tooMany.blocked());
            mishaps.again(
                    leaving,
                    new Fault.Retryable("the account is asked too often", Duration.ofSeconds(2)));
        } else if (trip instanceof Trip.Mishap mishap) {
            mishaps.settle(leaving, mishap);
        }
    }

    private void answered(
            Endpoint endpoint, List<Waiting<Parcel>> leaving, Said.Answered answered) {
        if (answered.status() / 100 == 2 || partly(endpoint, answered)) {
            vitals.well();
            each(endpoint, leaving, answered);
            return;
        }
        AmocrmRefusal refusal =
                AmocrmRefusal.of(endpoint.toString(), answered.status(), answered.body());
        // What only administrators may is told by whoever asked for it.
        boolean noRight = refusal.status() == 403 && endpoint.form() == Endpoint.Form.ALONE;
        if (!noRight && refusal.fault() instanceof Fault.Auth forbidden) {
            vitals.failed(forbidden);
        } else {
            vitals.well();
        }
        JsonNode wrong = answered.body().path("validation-errors");
        if (wrong.isEmpty() && leaving.size() > 1 && refusal.fault() instanceof Fault.Data) {
            departures.rejoinAlone(leaving);
        } else if (wrong.isEmpty()) {
            leaving.forEach(w -> w.each(new Answer.Refused(refusal)));
        } else {
            invalid(endpoint, leaving, answered.status(), wrong);
        }
    }

    /** Of calls, each may be refused by itself, whatever the status of the whole. */
    private static boolean partly(Endpoint endpoint, Said.Answered answered) {
        return endpoint.equals(Endpoint.CALLS) && answered.body().has("errors");
    }

    private void each(Endpoint endpoint, List<Waiting<Parcel>> leaving, Said.Answered answered) {
        int index = 0;
        for (Waiting<Parcel> waiting : leaving) {
            List<Answer> answers = new ArrayList<>();
            for (ObjectNode item : waiting.parcel().items()) {
                answers.add(answer(endpoint, answered, item, index++));
            }
            waiting.answered(answers);
        }
    }

    private static Answer answer(
            Endpoint endpoint, Said.Answered answered, ObjectNode item, int index) {
        Optional<JsonNode> error = named(answered.body().path("errors"), index);
        if (partly(endpoint, answered) && error.isPresent()) {
            return new Answer.Refused(AmocrmRefusal.of(endpoint.toString(), 400, error.get()));
        }
        Optional<JsonNode> given = endpoint.answer(answered.body(), item, index);
        if (given.isPresent()) {
            return new Answer.Result(given.get());
        }
        return endpoint.form() == Endpoint.Form.IDS
                ? new Answer.Refused(
                        new AmocrmRefusal(
                                endpoint.toString(), 404, "it is not there any more", List.of()))
                : new Answer.Lost("the reply says nothing of this item of " + endpoint);
    }

    private static Optional<JsonNode> named(JsonNode errors, int index) {
        return StreamSupport.stream(errors.spliterator(), false)
                .filter(e -> e.path("request_id").asText().equals(Integer.toString(index)))
                .findFirst();
    }

    /** An array with one wrong item is refused whole; the others go again without it. */
    private void invalid(
            Endpoint endpoint, List<Waiting<Parcel>> leaving, int status, JsonNode wrong) {
        List<Waiting<Parcel>> others = new ArrayList<>();
        int index = 0;
        for (Waiting<Parcel> waiting : leaving) {
            int first = index;
            index += waiting.parcel().size();
            Optional<JsonNode> its =
                    IntStream.range(first, index)
                            .mapToObj(i -> named(wrong, i))
                            .flatMap(Optional::stream)
                            .findFirst();
            if (its.isPresent()) {
                waiting.each(
                        new Answer.Refused(
                                AmocrmRefusal.of(endpoint.toString(), status, its.get())));
            } else {
                others.add(waiting);
            }
        }
        if (others.size() == leaving.size()) {
            AmocrmRefusal unnamed = AmocrmRefusal.of(endpoint.toString(), status, wrong.path(0));
            if (leaving.size() == 1) {
                leaving.get(0).each(new Answer.Refused(unnamed));
            } else {
                departures.rejoinAlone(leaving);
            }
            return;
        }
        departures.rejoin(others);
    }

    private void tooMany(boolean blocked) {
        Duration pause = blocked ? block() : backOff();
        departures.pause(nanos.getAsLong() + pause.toNanos());
        if (blocked) {
            vitals.retrying("the vendor blocked the account for asking too often", Cures.BLOCKED);
        }
    }

    /** 1, 2, 4 … 30 s, up to half as long again, so that hubs do not go in step. */
    private Duration backOff() {
        Duration grown = grown(Duration.ofSeconds(1), tooManyInARow++, LONGEST_BACK_OFF);
        return grown.plusMillis(ThreadLocalRandom.current().nextLong(grown.toMillis() / 2));
    }

    private Duration block() {
        return grown(BLOCKED, blockedInARow++, LONGEST_BLOCK);
    }

    private static Duration grown(Duration first, int times, Duration most) {
        Duration grown = first.multipliedBy(1L << Math.min(times, 5));
        return grown.compareTo(most) < 0 ? grown : most;
    }
}
