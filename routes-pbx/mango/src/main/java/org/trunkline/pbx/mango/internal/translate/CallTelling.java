package org.trunkline.pbx.mango.internal.translate;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.trunkline.model.Confidence;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.TransferKind;

/**
 * The facts of one {@code events/call}. No message needs another to be understood: they come in
 * parallel, out of order, to any of several hubs, before or after a restart. What a message only
 * suggests is told as {@link Confidence#POLLED}, so that what another says outright stands.
 */
final class CallTelling {

    private final CallMessage call;
    private final Role role;
    private final String leg;
    private final Instant at;
    private final String region;
    private final Told told;

    private CallTelling(CallMessage call, String region, Told told) {
        this.call = call;
        this.role = Role.of(call);
        this.leg = call.leg();
        this.at = call.at();
        this.region = region;
        this.told = told;
    }

    /**
     * @param region of national spellings of numbers
     * @throws IllegalArgumentException if a field without which there is no fact is missing
     */
    static void tell(CallMessage call, String region, Told told) {
        CallTelling telling = new CallTelling(call, region, told);
        switch (call.state()) {
            case "Appeared" -> telling.appeared();
            case "Connected" -> telling.connected();
            case "OnHold" -> telling.onHold();
            case "Disconnected" -> telling.disconnected();
            default ->
                    throw new IllegalArgumentException(
                            "call_state must be Appeared, Connected, OnHold or Disconnected");
        }
    }

    private void appeared() {
        started();
        tagged();
        rings(Confidence.LIVE);
        takenOver(TransferKind.BLIND, Confidence.LIVE);
        continues();
    }

    private void connected() {
        started();
        tagged();
        rings(Confidence.POLLED);
        // A blind transfer has said so when it appeared. A consultation that becomes a transfer
        // does not appear anew: it connects again, with the client in the consulting one's place.
        takenOver(TransferKind.ATTENDED, Confidence.POLLED);
        continues();
        if (talksToClient()) {
            told.leg(leg, Confidence.LIVE, at, new Fact.LegAnswered());
        }
    }

    private void onHold() {
        if (talksToClient()) {
            told.leg(leg, Confidence.LIVE, at, new Fact.Held(true));
        } else {
            heard();
        }
    }

    private void disconnected() {
        boolean goesOn = role == Role.CALLBACK_TO_EMPLOYEE && call.reason().handedOver();
        if (employee().isEmpty() || goesOn) {
            heard();
            return;
        }
        rings(Confidence.POLLED);
        continues();
        told.leg(leg, Confidence.LIVE, at, new Fact.LegEnded(call.reason().ofUnanswered()));
    }

    private boolean talksToClient() {
        return role != Role.CALLBACK_TO_EMPLOYEE && employee().isPresent();
    }

    /** Whose leg it is; empty: no employee's, or a consultation. */
    private Optional<String> employee() {
        return switch (role) {
            case WAITING, CONSULTATION -> Optional.empty();
            case INBOUND, INTERNAL, CALLBACK_TO_EMPLOYEE -> call.to().extension();
            case OUTBOUND, CALLBACK_TO_CLIENT -> call.from().extension();
        };
    }

    private void rings(Confidence sure) {
        employee().ifPresent(who -> told.leg(leg, sure, at, new Fact.LegRinging(who)));
    }

    /** The fold drops it where nobody talked in that other leg: then it was a menu or a queue. */
    private void takenOver(TransferKind kind, Confidence sure) {
        if (role == Role.INBOUND && !call.returned()) {
            call.from()
                    .takenFrom()
                    .ifPresent(other -> told.leg(leg, sure, at, new Fact.Transferred(kind, other)));
        }
    }

    private void continues() {
        if (role == Role.CALLBACK_TO_CLIENT || role == Role.WAITING) {
            call.from()
                    .takenFrom()
                    .ifPresent(
                            other -> told.leg(leg, Confidence.LIVE, at, new Fact.Continues(other)));
        }
    }

    private void started() {
        told.call(sureOfDirection(), at, new Fact.Started(direction(), client(), Optional.empty()));
        call.trackedNumber(region).ifPresent(number -> line(number, Confidence.LIVE));
        call.line(region).ifPresent(number -> line(number, Confidence.POLLED));
    }

    private void line(PhoneNumber number, Confidence sure) {
        told.call(
                sure,
                at,
                new Fact.Started(Optional.empty(), Optional.empty(), Optional.of(number)));
    }

    /** The call exists: for a message that tells no more than that. */
    private void heard() {
        told.call(
                Confidence.POLLED,
                at,
                new Fact.Started(Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private Optional<Direction> direction() {
        return switch (role) {
            case CONSULTATION -> Optional.empty();
            case INTERNAL -> Optional.of(Direction.INTERNAL);
            case OUTBOUND, CALLBACK_TO_EMPLOYEE, CALLBACK_TO_CLIENT ->
                    Optional.of(Direction.OUTBOUND);
            case INBOUND -> Optional.of(Direction.INBOUND);
            case WAITING ->
                    Optional.of(
                            call.from().isEmployee()
                                    ? Direction.INTERNAL
                                    : call.commanded() && call.from().takenFrom().isEmpty()
                                            ? Direction.OUTBOUND
                                            : Direction.INBOUND);
        };
    }

    /** A leg that came out of another says least: a transferred outgoing call looks inbound. */
    private Confidence sureOfDirection() {
        boolean first = call.from().takenFrom().isEmpty();
        boolean sure =
                switch (role) {
                    case CONSULTATION, INTERNAL -> false;
                    case CALLBACK_TO_CLIENT -> call.commanded();
                    case WAITING -> first && !call.from().isEmployee();
                    default -> first;
                };
        return sure ? Confidence.LIVE : Confidence.POLLED;
    }

    private Optional<PhoneNumber> client() {
        return switch (role) {
            case CONSULTATION, INTERNAL -> Optional.empty();
            case OUTBOUND, CALLBACK_TO_CLIENT -> call.to().number(region);
            case INBOUND, CALLBACK_TO_EMPLOYEE -> call.from().number(region);
            case WAITING ->
                    call.from().isEmployee() ? Optional.empty() : call.from().number(region);
        };
    }

    private void tagged() {
        Map<String, String> tags = new TreeMap<>();
        call.group().ifPresent(group -> tags.put("group", group));
        call.tracking().ifPresent(type -> tags.put("callTracking", type));
        call.message()
                .text("callback_initiator")
                .ifPresent(who -> tags.put("callbackInitiator", who));
        call.message().text("command_id").ifPresent(id -> tags.put("commandId", id));
        call.message().text("task_id").ifPresent(id -> tags.put("taskId", id));
        if (!tags.isEmpty()) {
            told.call(Confidence.LIVE, at, new Fact.Tagged(Map.copyOf(tags)));
        }
    }
}
