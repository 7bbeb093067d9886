package org.trunkline.model;

import java.time.Instant;
import java.util.Optional;

/** What is known of one leg; see {@link CallFold}. Absent components are not known yet. */
record LegFold(
        Known<String> extension,
        Known<Instant> ringingAt,
        Known<Instant> answeredAt,
        Known<Instant> endedAt,
        Known<LegResult> result,
        Known<String> transferredFrom,
        Known<TransferKind> transfer) {

    static final LegFold NEW = new LegFold(null, null, null, null, null, null, null);

    LegFold hear(CallEvent event) {
        Confidence sure = event.confidence();
        Instant at = event.occurredAt();
        Known<Instant> now = new Known<>(at, sure, at);
        Known<String> ext = extension;
        Known<Instant> rang = ringingAt;
        Known<Instant> picked = answeredAt;
        Known<Instant> over = endedAt;
        Known<LegResult> how = result;
        Known<String> from = transferredFrom;
        Known<TransferKind> kind = transfer;
        if (event.fact() instanceof Fact.LegRinging ringing) {
            ext = Known.merge(ext, new Known<>(ringing.extension(), sure, at));
            rang = Known.merge(rang, now);
        } else if (event.fact() instanceof Fact.LegAnswered) {
            picked = Known.merge(picked, now);
        } else if (event.fact() instanceof Fact.Transferred transferred) {
            from = Known.merge(from, new Known<>(transferred.fromLeg(), sure, at));
            kind = Known.merge(kind, new Known<>(transferred.kind(), sure, at));
        } else if (event.fact() instanceof Fact.LegEnded end) {
            over = Known.merge(over, now);
            how = Known.merge(how, new Known<>(end.result(), sure, at));
        }
        return new LegFold(ext, rang, picked, over, how, from, kind);
    }

    /** Whether there was an attempt to connect the employee; else nothing but loose ends came. */
    boolean isLeg() {
        return ringingAt != null || answeredAt != null;
    }

    /** When it came into being; only of one that {@link #isLeg}. */
    Instant since() {
        return ringingAt == null ? answeredAt.value() : ringingAt.value();
    }

    /** The facts of both. */
    LegFold and(LegFold other) {
        return new LegFold(
                either(extension, other.extension),
                either(ringingAt, other.ringingAt),
                either(answeredAt, other.answeredAt),
                either(endedAt, other.endedAt),
                either(result, other.result),
                either(transferredFrom, other.transferredFrom),
                either(transfer, other.transfer));
    }

    private static <T extends Comparable<? super T>> Known<T> either(Known<T> a, Known<T> b) {
        return a == null ? b : b == null ? a : a.or(b);
    }

    /** No leg outlives its call. */
    Leg leg(String legKey, Known<Instant> callEnded) {
        Known<Instant> over = endedAt == null ? callEnded : endedAt;
        Optional<LegResult> outcome =
                over == null
                        ? Optional.empty()
                        : Optional.of(
                                answeredAt != null
                                        ? LegResult.ANSWERED
                                        : result == null || result.value() == LegResult.ANSWERED
                                                ? LegResult.MISSED
                                                : result.value());
        return new Leg(
                legKey,
                Optional.ofNullable(extension).map(Known::value),
                Optional.ofNullable(ringingAt).map(Known::value),
                Optional.ofNullable(answeredAt).map(Known::value),
                Optional.ofNullable(over).map(Known::value),
                outcome,
                Optional.ofNullable(transferredFrom).map(Known::value),
                Optional.ofNullable(transfer).map(Known::value));
    }
}
