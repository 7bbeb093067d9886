package org.trunkline.pbx.asterisk.internal.translate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.CallResult;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.FromCrm;
import org.trunkline.model.TransferKind;

/** State of one call; lives as long as it has channels. */
final class LiveCall {

    enum Origin {
        /** The hub came too late to see. */
        UNKNOWN,
        /** A client called in. */
        TRUNK,
        /** An employee dialled. */
        EMPLOYEE,
        /** A command, e.g. click to call, made Asterisk dial. */
        COMMAND,
        /** An employee asks a colleague while the client waits. */
        CONSULTATION
    }

    /** A client given away, not yet taken by anybody. */
    record Handover(TransferKind kind, String fromLeg) {}

    final String key;
    final Instant startedAt;
    Origin origin = Origin.UNKNOWN;
    Optional<Direction> direction = Optional.empty();

    /** The channel that began the call; null if not seen. */
    Channel first;

    /** The leg of whoever makes the call from our side; its result is the call's. */
    String callerLeg = "";

    /** How many phones a command rings together; of these, those that are over. */
    int together = 1;

    final Set<String> over = new HashSet<>();

    final Map<String, LiveLeg> legs = new LinkedHashMap<>();
    final Set<Channel> channels = new HashSet<>();
    final List<Fact.RecordingReady> recordings = new ArrayList<>();
    Optional<Handover> handover = Optional.empty();

    /** How the last attempt to reach the other side failed. */
    Optional<CallResult> outcome = Optional.empty();

    Instant lastHangup;
    boolean told;
    boolean ended;
    Optional<String> mergedInto = Optional.empty();

    LiveCall(String key, Instant startedAt) {
        this.key = key;
        this.startedAt = startedAt;
        this.lastHangup = startedAt;
    }

    boolean is(Direction wanted) {
        return direction.equals(Optional.of(wanted));
    }

    /** Whether a client takes part, as opposed to employees among themselves. */
    boolean hasClient() {
        return is(Direction.INBOUND) || is(Direction.OUTBOUND);
    }

    /** Whether this channel is the call's client, as opposed to a third party it was sent to. */
    boolean isClient(Channel channel) {
        return channel.kind == Channel.Kind.OUTSIDE
                && (is(Direction.OUTBOUND) || is(Direction.INBOUND) && channel == first);
    }

    Optional<LiveLeg> leg(String key) {
        return Optional.ofNullable(legs.get(key));
    }

    /**
     * Whether a phone of those that a command rings together has yet to be heard of. One whose
     * command was lost never is.
     */
    boolean awaitsPhones(Instant now) {
        return together > 1
                && over.size() < together
                && now.isBefore(startedAt.plus(FromCrm.PATIENCE));
    }

    boolean anybodyAnswered() {
        return legs.values().stream().anyMatch(leg -> leg.answered() || leg.pickedUp);
    }

    Optional<LiveLeg> lastTalk() {
        return legs.values().stream()
                .filter(LiveLeg::answered)
                .max(Comparator.comparing((LiveLeg leg) -> leg.answeredAt));
    }
}
