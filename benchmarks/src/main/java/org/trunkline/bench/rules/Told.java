package org.trunkline.bench.rules;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallFold;
import org.trunkline.model.Confidence;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.LegResult;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.TransferKind;

/** A call that grows with what is told of it; employees by their number in {@link Calls}. */
final class Told {
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final String KEY = "1795290262.1";

    private CallFold fold = CallFold.of("acme", "office", KEY);
    private long sequence;

    Told(Direction direction) {
        tell(
                0,
                Optional.empty(),
                new Fact.Started(
                        Optional.of(direction),
                        PhoneNumber.read("+79161234567", "RU"),
                        PhoneNumber.read(Calls.LINE, "RU")));
    }

    Told tagged(Map<String, String> attributes) {
        return tell(0, Optional.empty(), new Fact.Tagged(attributes));
    }

    Told rung(int second, int employee) {
        return tell(second, leg(employee), new Fact.LegRinging(Calls.extension(employee)));
    }

    Told answered(int second, int employee) {
        tell(second, leg(employee), new Fact.LegAnswered());
        return tell(
                second,
                leg(employee),
                new Fact.RecordingReady("recording-" + employee, "/monitor/" + employee));
    }

    Told left(int second, int employee, LegResult result) {
        return tell(second, leg(employee), new Fact.LegEnded(result));
    }

    Told transferred(int second, int from, int to, TransferKind kind) {
        tell(second, leg(to), new Fact.Transferred(kind, leg(from).orElseThrow()));
        rung(second, to);
        return left(second, from, LegResult.ANSWERED);
    }

    Told ended(int second) {
        return tell(second, Optional.empty(), new Fact.Ended(Optional.empty()));
    }

    Call call() {
        return fold.call();
    }

    private static Optional<String> leg(int employee) {
        return Optional.of("leg-" + employee);
    }

    private Told tell(int second, Optional<String> leg, Fact fact) {
        Instant at = START.plusSeconds(second);
        fold =
                fold.with(
                        new CallEvent(
                                "acme",
                                "office",
                                KEY,
                                leg,
                                Optional.empty(),
                                sequence++,
                                at,
                                at,
                                Confidence.LIVE,
                                fact,
                                ""));
        return this;
    }
}
