package org.trunkline.crm.connector;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.trunkline.model.Call;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CallResult;
import org.trunkline.model.CallState;
import org.trunkline.model.Client;
import org.trunkline.model.CrmConnector.Wanted;
import org.trunkline.model.Decision;
import org.trunkline.model.Direction;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingPlace;
import org.trunkline.model.WantedEntities;

/** Writes call records for tests. */
public final class CallRecords {

    public static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

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
    private CallRecord.Activity activity =
            new CallRecord.Activity(true, true, true, Optional.empty());
    private Optional<String> transcript = Optional.empty();
    private Optional<CallRecord.Begun> begun = Optional.empty();
    private final List<Recording> recordings = new ArrayList<>();

    private CallRecords(Direction direction) {
        this.direction = direction;
    }

    public static CallRecords inbound() {
        return new CallRecords(Direction.INBOUND);
    }

    public static CallRecords outbound() {
        return new CallRecords(Direction.OUTBOUND);
    }

    public CallRecords key(String given) {
        key = given;
        return this;
    }

    public CallRecords client(String number) {
        client = number;
        return this;
    }

    public CallRecords line(String number) {
        line = Optional.of(number);
        return this;
    }

    public CallRecords startedAt(Instant at) {
        startedAt = at;
        return this;
    }

    public CallRecords user(String given, String... fallbackUsers) {
        user = given;
        fallbacks = List.of(fallbackUsers);
        return this;
    }

    public CallRecords cards(String... users) {
        cards = new TreeSet<>(List.of(users));
        return this;
    }

    public CallRecords ended(String talker, long seconds, CallResult result) {
        cards = new TreeSet<>();
        outcome = Optional.of(new CallRecord.Outcome(talker, seconds, result));
        return this;
    }

    public CallRecords recording(String id, String source) {
        recordings.add(new Recording(id, source, Optional.empty()));
        return this;
    }

    /** As where the hub makes the entities. */
    public CallRecords byHub() {
        createEntities = false;
        return this;
    }

    public CallRecords written(CallRecord.Written given) {
        written = Optional.of(given);
        return this;
    }

    public CallRecords activity(boolean wanted, boolean completed, boolean handlesEarlier) {
        activity = new CallRecord.Activity(wanted, completed, handlesEarlier, Optional.empty());
        return this;
    }

    /** Where missed calls are somebody's task. */
    public CallRecords callBack(boolean talked, Duration within) {
        activity = new CallRecord.Activity(true, talked, talked, Optional.of(within));
        return this;
    }

    public CallRecords begun(CallRecord.Begun how) {
        begun = Optional.of(how);
        return this;
    }

    public CallRecords transcript(String text) {
        transcript = Optional.of(text);
        return this;
    }

    public static Decision decision(List<CallRecord> records, Optional<WantedEntities> entities) {
        return new Decision(
                records, entities, List.of(), Optional.empty(), Optional.empty(), List.of());
    }

    /** As delivery asks for it, of a call that is over when all its records are. */
    public static Wanted wanted(Decision decision, Client client, RecordingPlace place) {
        Optional<CallRecord> first = decision.records().stream().findFirst();
        boolean ended = decision.records().stream().allMatch(r -> r.outcome().isPresent());
        return new Wanted(
                call(
                        first.map(CallRecord::client),
                        first.map(CallRecord::startedAt).orElse(START),
                        ended),
                decision,
                client,
                place);
    }

    /** Of a call that may have no record. */
    public static Wanted wanted(Decision decision, Client client, String number) {
        boolean ended = decision.records().stream().allMatch(r -> r.outcome().isPresent());
        return new Wanted(
                call(
                        Optional.of(new PhoneNumber(number, number)),
                        decision.records().stream()
                                .findFirst()
                                .map(CallRecord::startedAt)
                                .orElseGet(Instant::now),
                        ended),
                decision,
                client,
                new RecordingPlace.Nowhere("not set"));
    }

    /** The same of a call with these attributes. */
    public static Wanted told(
            Wanted wanted, Map<String, String> attributes, Optional<Instant> answeredAt) {
        Call call = wanted.call();
        return new Wanted(
                new Call(
                        call.company(),
                        call.account(),
                        call.key(),
                        call.direction(),
                        call.client(),
                        call.line(),
                        call.state(),
                        call.result(),
                        call.startedAt(),
                        answeredAt,
                        call.endedAt(),
                        call.talkSeconds(),
                        call.legs(),
                        call.recordings(),
                        attributes,
                        call.mergedInto()),
                wanted.decision(),
                wanted.client(),
                wanted.recordings());
    }

    private static Call call(Optional<PhoneNumber> client, Instant startedAt, boolean ended) {
        return new Call(
                "acme",
                "office",
                "1",
                Optional.of(Direction.INBOUND),
                client,
                Optional.empty(),
                ended ? CallState.ENDED : CallState.TALKING,
                Optional.empty(),
                startedAt,
                Optional.empty(),
                Optional.empty(),
                0,
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty());
    }

    public CallRecord get() {
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
