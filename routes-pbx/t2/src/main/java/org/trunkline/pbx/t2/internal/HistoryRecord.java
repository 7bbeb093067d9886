package org.trunkline.pbx.t2.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.CallResult;
import org.trunkline.model.Confidence;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.LegResult;

/**
 * t2's record of one call that is over: its closing word, also for calls that no poll saw.
 *
 * @param lasted from its begin to its end
 * @param talk 0 if nobody talked
 */
record HistoryRecord(
        String uuid,
        Instant begin,
        String type,
        Optional<Row.End> caller,
        Optional<Row.End> callee,
        Optional<String> destination,
        Duration lasted,
        Duration talk,
        String status,
        Optional<String> file,
        String text) {

    /** Attribute of a call that has its record. */
    static final String UUID = "t2Uuid";

    private static final int LONGEST_EXTENSION = 6;

    /** Empty if it lacks what makes a record. */
    static Optional<HistoryRecord> of(JsonNode json) {
        Optional<String> uuid = Row.text(json, "uuid");
        Optional<Instant> begin = Row.text(json, "date").flatMap(HistoryRecord::time);
        if (uuid.isEmpty() || begin.isEmpty()) {
            return Optional.empty();
        }
        String status = Row.text(json, "callStatus").orElse("");
        Duration lasted = seconds(json, "callDuration");
        Duration talk = seconds(json, "conversationDuration");
        return Optional.of(
                new HistoryRecord(
                        uuid.get(),
                        begin.get(),
                        Row.text(json, "callType").orElse(""),
                        Row.text(json, "callerNumber").map(HistoryRecord::end),
                        Row.text(json, "calleeNumber").map(HistoryRecord::end),
                        Row.text(json, "destinationNumber"),
                        lasted.compareTo(talk) < 0 ? talk : lasted,
                        talk,
                        status,
                        Row.text(json, "recordFileName"),
                        json.toString()));
    }

    /** Times without an offset are Moscow's. */
    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(
                    text.matches(".*(Z|[+-]\\d\\d:?\\d\\d)")
                            ? OffsetDateTime.parse(
                                            text.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2"))
                                    .toInstant()
                            : LocalDateTime.parse(text.replace(' ', 'T'))
                                    .toInstant(ZoneOffset.ofHours(3)));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }

    private static Duration seconds(JsonNode json, String name) {
        return Row.text(json, name)
                .filter(digits -> digits.matches("\\d{1,6}"))
                .map(Long::parseLong)
                .map(Duration::ofSeconds)
                .orElse(Duration.ZERO);
    }

    /** A record has one field for what the lists have two. */
    private static Row.End end(String number) {
        return number.length() <= LONGEST_EXTENSION
                ? new Row.End(Optional.of(number), Optional.empty())
                : new Row.End(Optional.empty(), Optional.of(number));
    }

    /** Empty for a call between employees. */
    Optional<Site.Parties> parties(Site site) {
        return site.parties(type, caller, callee, destination);
    }

    /**
     * All that the record says.
     *
     * @param key of the call that it is about
     * @param api base address for its recording
     */
    List<Telling> tellings(Site.Parties parties, String key, String api) {
        Instant end = begin.plus(lasted);
        List<Telling> told = new ArrayList<>();
        told.add(
                telling(
                        key,
                        Optional.empty(),
                        begin,
                        Confidence.FINAL,
                        new Fact.Started(
                                Optional.of(parties.direction()),
                                parties.client(),
                                parties.line())));
        parties.employee()
                .ifPresent(
                        extension -> {
                            Optional<String> leg = Optional.of(extension);
                            // When his phone began to ring, the lists may know better.
                            told.add(
                                    telling(
                                            key,
                                            leg,
                                            begin,
                                            Confidence.POLLED,
                                            new Fact.LegRinging(extension)));
                            if (answered()) {
                                told.add(
                                        telling(
                                                key,
                                                leg,
                                                end.minus(talk),
                                                Confidence.FINAL,
                                                new Fact.LegAnswered()));
                            }
                            told.add(
                                    telling(
                                            key,
                                            leg,
                                            end,
                                            Confidence.FINAL,
                                            new Fact.LegEnded(legResult())));
                        });
        file.ifPresent(
                name ->
                        told.add(
                                telling(
                                        key,
                                        parties.employee(),
                                        end,
                                        Confidence.FINAL,
                                        new Fact.RecordingReady(name, address(api, name)))));
        told.add(
                telling(
                        key,
                        Optional.empty(),
                        begin,
                        Confidence.FINAL,
                        new Fact.Tagged(Map.of(UUID, uuid))));
        told.add(
                telling(
                        key,
                        Optional.empty(),
                        end,
                        Confidence.FINAL,
                        new Fact.Ended(Optional.of(result(parties.direction())))));
        return told;
    }

    private Telling telling(
            String key, Optional<String> leg, Instant at, Confidence confidence, Fact fact) {
        String about = fact instanceof Fact.RecordingReady r ? r.id() : "";
        return new Telling(
                key,
                leg,
                Optional.of("t2:" + uuid + ":" + fact.getClass().getSimpleName() + about),
                at,
                confidence,
                fact,
                text);
    }

    private static String address(String api, String file) {
        return api
                + "/call-records/file?filename="
                + URLEncoder.encode(file, StandardCharsets.UTF_8);
    }

    /** A menu that answered is no talk. */
    private boolean answered() {
        return !talk.isZero();
    }

    private CallResult result(Direction direction) {
        if (answered()) {
            return CallResult.ANSWERED;
        }
        if (status.equals("DESTINATION_BUSY")) {
            return CallResult.BUSY;
        }
        if (status.startsWith("DENIED_")) {
            return CallResult.FAILED;
        }
        return status.equals("CANCELLED_BY_CALLER") && direction == Direction.OUTBOUND
                ? CallResult.CANCELLED
                : CallResult.MISSED;
    }

    private LegResult legResult() {
        if (answered()) {
            return LegResult.ANSWERED;
        }
        return switch (status) {
            case "DESTINATION_BUSY" -> LegResult.BUSY;
            case "CANCELLED_BY_CALLER", "CANCELLED_BY_PICKUP" -> LegResult.CANCELLED;
            default -> LegResult.MISSED;
        };
    }
}
