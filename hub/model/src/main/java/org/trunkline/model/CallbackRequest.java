package org.trunkline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A request to be called back (rules T19, I6). Each attempt is a call of its own and carries, as
 * attributes from its first event on, all that the next one needs; so a hub that dies in between
 * goes on from there.
 *
 * @param attempt which one this is, from 1
 * @param every pause between the end of an attempt that reached no employee and the next one
 * @param until no attempt begins later
 * @param next the hub's id of the attempt that followed; empty: none has begun
 */
public record CallbackRequest(int attempt, Duration every, Instant until, Optional<String> next) {

    private static final String ATTEMPT = "crmAttempt";
    private static final String EVERY = "crmRetryEvery";
    private static final String UNTIL = "crmRetryUntil";
    private static final String NEXT = "crmNextAttempt";

    /** What of a call is told anew of each attempt begins so. */
    private static final String OF_ONE_ATTEMPT = "crm";

    /** The first attempt. */
    public CallbackRequest(Duration every, Instant until) {
        this(1, every, until, Optional.empty());
    }

    /** Empty for a call that is no attempt of a request. */
    public static Optional<CallbackRequest> of(Call call) {
        Map<String, String> told = call.attributes();
        return Optional.ofNullable(told.get(ATTEMPT))
                .map(
                        attempt ->
                                new CallbackRequest(
                                        Integer.parseInt(attempt),
                                        Duration.parse(told.get(EVERY)),
                                        Instant.parse(told.get(UNTIL)),
                                        Optional.ofNullable(told.get(NEXT))));
    }

    /** As the first event of an attempt tells it. */
    public Map<String, String> attributes() {
        return Map.of(
                ATTEMPT, String.valueOf(attempt), EVERY, every.toString(), UNTIL, until.toString());
    }

    /** As a later event tells that another attempt follows. */
    public static Map<String, String> followedBy(String call) {
        return Map.of(NEXT, call);
    }

    /** What the next attempt carries beside how it began: the request as the client sent it. */
    public Map<String, String> carriedOn(Call call) {
        Map<String, String> told = new LinkedHashMap<>();
        call.attributes()
                .forEach(
                        (name, value) -> {
                            if (!name.startsWith(OF_ONE_ATTEMPT)) {
                                told.put(name, value);
                            }
                        });
        told.putAll(new CallbackRequest(attempt + 1, every, until, Optional.empty()).attributes());
        return told;
    }
}
