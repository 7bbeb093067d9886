package org.trunkline.crm.bitrix24.internal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CallResult;
import org.trunkline.model.Decision;
import org.trunkline.model.Direction;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Recording;
import org.trunkline.model.WantedEntities;

/** Writes call records for tests. */
final class CallRecords {

    static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final Direction direction;
    private String key = CallRecord.MAIN;
    private String client = "+79161234567";
    private Optional<String> line = Optional.empty();
    private Instant startedAt = START;
    private String user = "7";
    private List<String> fallbacks = List.of();
    private TreeSet<String> cards = new TreeSet<>();
    private Optional<CallRecord.Outcome> outcome = Optional.empty();
    private boolean createEntities = true;
    private Optional<CallRecord.Written> written = Optional.empty();
    private CallRecord.Activity activity = new CallRecord.Activity(true, true, true);
    private Optional<String> transcript = Optional.empty();
    private Optional<CallRecord.Begun> begun = Optional.empty();
    private final List<Recording> recordings = new ArrayList<>();

    private CallRecords(Direction direction) {
        this.direction = direction;
    }

    static CallRecords inbound() {
        return new CallRecords(Direction.INBOUND);
    }

    static CallRecords outbound() {
        return new CallRecords(Direction.OUTBOUND);
    }

    CallRecords key(String given) {
        key = given;
        return this;
    }

    CallRecords client(String number) {
        client = number;
        return this;
    }

    CallRecords line(String number) {
        line = Optional.of(number);
        return this;
    }

    CallRecords startedAt(Instant at) {
        startedAt = at;
        return this;
    }

    CallRecords user(String given, String... fallbackUsers) {
        user = given;
        fallbacks = List.of(fallbackUsers);
        return this;
    }

    CallRecords cards(String... users) {
        cards = new TreeSet<>(List.of(users));
        return this;
    }

    CallRecords ended(String talker, long seconds, CallResult result) {
        cards = new TreeSet<>();
        outcome = Optional.of(new CallRecord.Outcome(talker, seconds, result));
        return this;
    }

    CallRecords recording(String id, String source) {
        recordings.add(new Recording(id, source, Optional.empty()));
        return this;
    }

    /** As where the hub makes the entities. */
    CallRecords byHub() {
        createEntities = false;
        return this;
    }

    CallRecords written(CallRecord.Written given) {
        written = Optional.of(given);
        return this;
    }

    CallRecords activity(boolean wanted, boolean completed, boolean handlesEarlier) {
        activity = new CallRecord.Activity(wanted, completed, handlesEarlier);
        return this;
    }

    CallRecords begun(CallRecord.Begun how) {
        begun = Optional.of(how);
        return this;
    }

    CallRecords transcript(String text) {
        transcript = Optional.of(text);
        return this;
    }

    static Decision decision(List<CallRecord> records, Optional<WantedEntities> entities) {
        return new Decision(
                records, entities, List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    CallRecord get() {
        return new CallRecord(
                key,
                direction,
                new PhoneNumber(client, client),
                line.map(l -> new PhoneNumber(l, l)),
                startedAt,
                user,
                fallbacks,
                new TreeSet<>(cards),
                createEntities,
                outcome,
                written.orElse(
                        outcome.isPresent()
                                ? CallRecord.Written.WHOLE
                                : CallRecord.Written.NOT_YET),
                List.copyOf(recordings),
                transcript,
                activity,
                begun);
    }
}
