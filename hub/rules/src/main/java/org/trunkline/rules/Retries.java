package org.trunkline.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Call;
import org.trunkline.model.CallbackRequest;
import org.trunkline.model.Decision;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.DocumentReader;
import org.trunkline.model.FromCrm;
import org.trunkline.model.Integration;
import org.trunkline.model.Setback;
import org.trunkline.model.Settings;

/**
 * Whether a callback that reached no employee is tried again (rule I6). It is not once somebody
 * picked up, whatever became of the client then; nor where waiting does not help. Pure.
 */
public final class Retries {

    private static final Set<Setback> PASSING =
            EnumSet.of(
                    Setback.EMPLOYEE_BUSY,
                    Setback.EMPLOYEE_NO_ANSWER,
                    Setback.NO_PHONE,
                    Setback.PBX_AWAY,
                    Setback.LOST);

    /** So long an attempt may wait for the hub, which may be about to start. */
    private static final Duration LATE = Duration.ofMinutes(1);

    /** One that is due and can't begin now, for its PBX is not heard, is looked at so often. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private Retries() {}

    /**
     * The attempt that follows one which came to nothing.
     *
     * @param failed the attempt that is over
     * @param at when the next is due
     * @param latest when it is given up
     * @param next the hub's id of it; empty: it has yet to begin
     */
    public record Again(
            CallbackRequest failed,
            Setback why,
            Instant at,
            Instant latest,
            Optional<String> next) {

        public boolean isDue(Instant now) {
            return next.isEmpty() && !now.isBefore(at);
        }

        /** What of the failed attempt should be in a CRM: nothing, the request is not over. */
        Decision decision(Instant now) {
            Instant look = now.plus(LOOK).isBefore(latest) ? now.plus(LOOK) : latest;
            Optional<Instant> changesAt =
                    next.isPresent() ? Optional.empty() : Optional.of(now.isBefore(at) ? at : look);
            Part part =
                    new Part(
                            "record",
                            "nothing",
                            "I6",
                            "/callback/retryEvery",
                            "attempt "
                                    + failed.attempt()
                                    + " reached no employee ("
                                    + DocumentReader.spelled(why)
                                    + "); "
                                    + next.map(id -> "the next one is call " + id)
                                            .orElse("again at " + at));
            return new Decision(
                    List.of(),
                    Optional.empty(),
                    List.of(),
                    Optional.empty(),
                    changesAt,
                    List.of(part));
        }
    }

    /** Empty: the call is no attempt of a request, or goes on, or is the last one. */
    public static Optional<Again> of(Call call, Instant now) {
        Optional<CallbackRequest> request = CallbackRequest.of(call);
        Optional<Setback> why = Setbacks.of(call);
        if (request.isEmpty() || why.isEmpty()) {
            return Optional.empty();
        }
        CallbackRequest failed = request.get();
        Instant at = end(call).orElse(now).plus(failed.every());
        Instant latest = failed.until().isAfter(at.plus(LATE)) ? failed.until() : at.plus(LATE);
        boolean worthIt =
                PASSING.contains(why.get())
                        && !at.isAfter(failed.until())
                        && now.isBefore(latest)
                        && FromCrm.of(call).filter(begun -> !begun.clientTried()).isPresent();
        return failed.next().isPresent() || worthIt
                ? Optional.of(new Again(failed, why.get(), at, latest, failed.next()))
                : Optional.empty();
    }

    /**
     * Likewise, as one integration sees it: of its own none follows once callbacks are switched
     * off. Another's settings it does not know; there time ends the request.
     */
    public static Optional<Again> of(
            Call call, Integration integration, Settings.Callback settings, Instant now) {
        return of(call, now)
                .filter(
                        again ->
                                again.next().isPresent()
                                        || settings.enabled()
                                        || FromCrm.of(call)
                                                .filter(
                                                        begun ->
                                                                begun.integration()
                                                                        .equals(integration.id()))
                                                .isEmpty());
    }

    /**
     * By the hub's clock, which began the attempt. If the phones rang before that, or later than a
     * PBX that was given the command is waited for, the PBX's clock is wrong, and only how long
     * they rang is taken from it.
     */
    private static Optional<Instant> end(Call call) {
        Instant began = call.startedAt();
        Optional<Instant> rang =
                call.legs().stream()
                        .flatMap(leg -> leg.ringingAt().stream())
                        .min(Comparator.naturalOrder())
                        .filter(
                                at ->
                                        at.isBefore(began)
                                                || at.isAfter(began.plus(FromCrm.PATIENCE)));
        return call.endedAt()
                .map(
                        ended ->
                                rang.filter(at -> !at.isAfter(ended))
                                        .map(at -> began.plus(Duration.between(at, ended)))
                                        .orElse(ended));
    }

    /** Which attempt a call is, for a decision about it; empty: of no request. */
    public static Optional<Part> part(Call call) {
        return CallbackRequest.of(call)
                .map(
                        request ->
                                new Part(
                                        "attempt",
                                        String.valueOf(request.attempt()),
                                        "I6",
                                        "/callback/retryFor",
                                        Setbacks.of(call)
                                                .map(
                                                        why ->
                                                                "the last one: "
                                                                        + DocumentReader.spelled(
                                                                                why))
                                                .orElse(
                                                        "of those until "
                                                                + request.until()
                                                                + ", as long as no employee"
                                                                + " answers")));
    }
}
