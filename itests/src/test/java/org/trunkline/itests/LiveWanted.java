package org.trunkline.itests;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a call must be in the hub, from the phones' side of it alone.
 *
 * @param direction inbound, outbound, internal
 * @param client empty for an internal call
 * @param line the company's number; empty for an internal call
 * @param legs in any order; each employee once
 * @param missedBy inbound and not answered: one of whom the portal shows the missed call of
 * @param recorded a recording was made
 */
record LiveWanted(
        String direction,
        String client,
        String line,
        String result,
        List<Leg> legs,
        Set<String> missedBy,
        boolean recorded) {

    /**
     * @param talk empty: did not talk with the client
     * @param transferredFrom the extension that gave the client away
     * @param transfer blind or attended; empty without transferredFrom
     */
    record Leg(
            String extension,
            String result,
            Optional<Talk> talk,
            Optional<String> transferredFrom,
            String transfer) {
        Leg blindFrom(String extension) {
            return new Leg(this.extension, result, talk, Optional.of(extension), "blind");
        }

        Leg attendedFrom(String extension) {
            return new Leg(this.extension, result, talk, Optional.of(extension), "attended");
        }
    }

    record Talk(Instant from, Instant to) {
        Duration length() {
            return Duration.between(from, to);
        }
    }

    /** The phone answered, until somebody hung up. */
    static Leg talked(SipPhone phone) {
        return talked(phone.who(), phone.answered(), phone.hungUp());
    }

    static Leg talked(String extension, Instant from, Instant to) {
        return new Leg(
                extension, "answered", Optional.of(new Talk(from, to)), Optional.empty(), "");
    }

    /**
     * @param result missed, cancelled, busy
     */
    static Leg untaken(String extension, String result) {
        return new Leg(extension, result, Optional.empty(), Optional.empty(), "");
    }

    static LiveWanted answered(String client, String line, Leg... legs) {
        return new LiveWanted("inbound", client, line, "answered", List.of(legs), Set.of(), false);
    }

    /**
     * @param result missed, busy
     * @param missedBy of whom the portal may show it
     */
    static LiveWanted untaken(
            String client, String line, String result, Set<String> missedBy, Leg... legs) {
        return new LiveWanted("inbound", client, line, result, List.of(legs), missedBy, false);
    }

    static LiveWanted outgoing(String client, String line, String result, Leg leg) {
        return new LiveWanted("outbound", client, line, result, List.of(leg), Set.of(), false);
    }

    static LiveWanted internal(String result, Leg... legs) {
        return new LiveWanted("internal", "", "", result, List.of(legs), Set.of(), false);
    }

    LiveWanted withRecording() {
        return new LiveWanted(direction, client, line, result, legs, missedBy, true);
    }

    boolean isInternal() {
        return direction.equals("internal");
    }

    /** In which at least one employee talked; here talks follow one another or begin together. */
    Duration talk() {
        return legs.stream()
                .flatMap(leg -> leg.talk().stream())
                .limit(isInternal() ? 1 : legs.size())
                .map(Talk::length)
                .reduce(Duration.ZERO, Duration::plus);
    }
}
