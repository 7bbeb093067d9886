package org.trunkline.pbx.uis.internal;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallResult;
import org.trunkline.model.Company;
import org.trunkline.model.Confidence;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.LegResult;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PhoneNumber;

/**
 * What a notification of UIS tells, in neutral words. Remembers nothing: UIS does not promise an
 * order, so each notification must be understood alone, and what it says of another moment than its
 * own is told as {@link Confidence#POLLED}: it holds only while nobody tells it better.
 */
final class Translator {

    private final Company company;
    private final PbxAccount account;

    Translator(Company company, PbxAccount account) {
        this.company = company;
        this.account = account;
    }

    List<CallEvent> events(Notification notification, Instant receivedAt) {
        Telling tell = new Telling(company, account, notification, receivedAt);
        Optional<Party> party = Party.of(notification, company, account);
        begin(notification, tell);
        switch (notification.kind()) {
            case INBOUND_CALL, TALK_RECORDED -> {}
            case OUTGOING_CALL, WAITING -> party.ifPresent(p -> tell.now(p, ringing(p)));
            case TALK_START ->
                    party.ifPresent(
                            p -> {
                                tell.concluded(p, tell.at(), ringing(p));
                                tell.now(p, new Fact.LegAnswered());
                            });
            case TALK_END ->
                    party.ifPresent(
                            p -> {
                                talked(notification, tell, p);
                                tell.now(p, new Fact.LegEnded(LegResult.ANSWERED));
                            });
            case CALL_LOST -> lost(notification, tell);
            case CALL_FINISHED -> {
                party.ifPresent(p -> talked(notification, tell, p));
                tell.now(new Fact.Ended(Outcome.of(notification)));
            }
        }
        recording(notification, tell, party);
        Map<String, String> attributes = Attributes.of(notification);
        if (!attributes.isEmpty()) {
            tell.now(new Fact.Tagged(attributes));
        }
        return tell.events();
    }

    /** That there is a call, each notification says; when it began, only some do. */
    private void begin(Notification notification, Telling tell) {
        Fact.Started started =
                new Fact.Started(
                        direction(notification),
                        number(notification, "contact_phone_number"),
                        number(notification, "virtual_phone_number"));
        switch (notification.kind()) {
            case INBOUND_CALL, OUTGOING_CALL -> tell.now(started);
            case CALL_FINISHED -> {
                Optional<Duration> total = notification.seconds("total_time_duration");
                if (total.isPresent()) {
                    tell.now(tell.at().minus(total.get()), started);
                } else {
                    tell.concluded(tell.at(), started);
                }
            }
            // A recording may come long after the call.
            case TALK_RECORDED -> {}
            default -> tell.concluded(tell.at(), started);
        }
    }

    private static Optional<Direction> direction(Notification notification) {
        if (notification.flag("is_internal").orElse(false)) {
            return Optional.of(Direction.INTERNAL);
        }
        Optional<Direction> told =
                notification
                        .text("direction")
                        .flatMap(
                                word ->
                                        switch (word) {
                                            case "in" -> Optional.of(Direction.INBOUND);
                                            case "out" -> Optional.of(Direction.OUTBOUND);
                                            default -> Optional.empty();
                                        });
        return told.or(
                () ->
                        switch (notification.kind()) {
                            case INBOUND_CALL, CALL_LOST -> Optional.of(Direction.INBOUND);
                            case OUTGOING_CALL -> Optional.of(Direction.OUTBOUND);
                            default -> Optional.empty();
                        });
    }

    private static Fact ringing(Party party) {
        return new Fact.LegRinging(party.extension());
    }

    /** For the case that the beginning of the talk was never heard of. */
    private static void talked(Notification notification, Telling tell, Party party) {
        notification
                .seconds("talk_time_duration")
                .filter(talk -> !talk.isZero())
                .ifPresent(
                        talk -> {
                            Instant from = tell.at().minus(talk);
                            tell.concluded(party, from, ringing(party));
                            tell.concluded(party, from, new Fact.LegAnswered());
                        });
    }

    private void lost(Notification notification, Telling tell) {
        Duration waited = notification.seconds("wait_time_duration").orElse(Duration.ZERO);
        for (String id : notification.texts("employee_ids")) {
            Party party = Party.of(id, account);
            tell.concluded(party, tell.at().minus(waited), ringing(party));
        }
        tell.now(new Fact.Ended(Optional.of(CallResult.MISSED)));
    }

    /** Several links, if several talks of a call were recorded. */
    private static void recording(Notification notification, Telling tell, Optional<Party> party) {
        for (String link : notification.texts("file_link")) {
            address(link)
                    .ifPresent(
                            address ->
                                    tell.now(
                                            party,
                                            new Fact.RecordingReady(
                                                    address.getPath(), address.toString())));
        }
    }

    /** UIS's links in the clear only redirect to the others. */
    private static Optional<URI> address(String link) {
        try {
            URI address = URI.create(link.replaceFirst("^http://(?!127\\.|localhost)", "https://"));
            boolean web = address.getHost() != null && address.getScheme().matches("https?");
            return web ? Optional.of(address) : Optional.empty();
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    private Optional<PhoneNumber> number(Notification notification, String field) {
        return notification.text(field).flatMap(text -> PhoneNumber.read(text, company.region()));
    }
}
