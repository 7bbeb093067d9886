package org.trunkline.crm.connector.begin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallFold;
import org.trunkline.model.CallResult;
import org.trunkline.model.CallbackRequest;
import org.trunkline.model.Confidence;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.FromCrm;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Setback;
import org.trunkline.store.Calls;
import org.trunkline.store.Journal;

/**
 * A call that begins in the CRM, and what the hub itself tells of it. Its first event is in the
 * journal before the portal gets its answer; what the hub tells goes before what the PBX may guess.
 *
 * @param begunAt when the hub heard of it
 * @param key the PBX's key of it, which the hub gives
 */
public record BegunCall(
        Journal journal, Clock clock, Instant begunAt, String company, String account, String key) {

    /**
     * @param origin what makes it this call and no other, however often it is told
     */
    public static String key(String... origin) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(String.join("\n", origin).getBytes(StandardCharsets.UTF_8));
            return FromCrm.KEY + HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** What a CRM holds may come from a stranger's form: no feature codes, no short numbers. */
    public static Optional<PhoneNumber> dialable(String text, String region) {
        return PhoneNumber.read(text, region).filter(number -> number.value().startsWith("+"));
    }

    /** The hub's id of it. */
    public String id() {
        return Call.id(company, account, key);
    }

    /** Whether it was told before, if only into the journal of a hub that died then. */
    public boolean isKnown(Calls calls) {
        return begunAt(calls).isPresent();
    }

    /** When it began, as it was told before; empty: it was not. */
    Optional<Instant> begunAt(Calls calls) {
        return calls.find(company, id())
                .map(Call::startedAt)
                .or(
                        () ->
                                calls.events(company, id()).stream()
                                        .map(CallEvent::occurredAt)
                                        .min(Comparator.naturalOrder()));
    }

    /** Whether it has waited longer since. */
    public boolean waited(Duration limit) {
        return begunAt.plus(limit).isBefore(clock.instant());
    }

    /**
     * @param line the company's number, where it is certain
     */
    public void begin(
            Direction direction,
            PhoneNumber client,
            Optional<PhoneNumber> line,
            FromCrm begun,
            String text) {
        begin(direction, client, line, begun, Map.of(), List.of(), text);
    }

    /**
     * @param line the company's number, where it is certain
     * @param more attributes beside those of how it began
     * @param before what is told of another call in the same commit
     * @return the call as it begins
     */
    Call begin(
            Direction direction,
            PhoneNumber client,
            Optional<PhoneNumber> line,
            FromCrm begun,
            Map<String, String> more,
            List<CallEvent> before,
            String text) {
        List<CallEvent> events = new ArrayList<>();
        Fact started = new Fact.Started(Optional.of(direction), Optional.of(client), line);
        events.add(event("started", started, text));
        events.add(event("begun", new Fact.Tagged(begun.attributes()), text));
        if (!more.isEmpty()) {
            events.add(event("request", new Fact.Tagged(more), text));
        }
        if (begun.setback().isPresent()) {
            events.add(event("over", over(), text));
        }
        journal.append(Stream.concat(before.stream(), events.stream()).toList());
        CallFold fold = CallFold.of(company, account, key);
        for (CallEvent event : events) {
            fold = fold.with(event);
        }
        return fold.call();
    }

    /** That another attempt follows this one (rule I6). */
    CallEvent followedBy(BegunCall next) {
        return event("next", new Fact.Tagged(CallbackRequest.followedBy(next.id())), "");
    }

    /** Why these phones ring. */
    void rings(Map<String, String> why) {
        journal.append(List.of(event("rings", new Fact.Tagged(why), "")));
    }

    /** Nobody rings, or will. */
    public void failed(Setback why, String text) {
        Instant now = clock.instant();
        journal.append(
                List.of(
                        event("setback", new Fact.Tagged(FromCrm.attributes(why)), text),
                        event("result", new Fact.CommandResult(key, false, text, now), text),
                        event("over", over(), text)));
    }

    private static Fact over() {
        return new Fact.Ended(Optional.of(CallResult.FAILED));
    }

    private CallEvent event(String id, Fact fact, String text) {
        Instant now = clock.instant();
        return new CallEvent(
                company,
                account,
                key,
                Optional.empty(),
                Optional.of("crm/" + key + "/" + id),
                ChronoUnit.MICROS.between(Instant.EPOCH, now),
                now,
                now,
                Confidence.FINAL,
                fact,
                text);
    }
}
