package org.trunkline.bench.journal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Confidence;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.LegResult;
import org.trunkline.model.PhoneNumber;

/** What an Asterisk tells of an ordinary call: five events with their native text. */
final class Told {
    static final String COMPANY = "acme";
    static final int EVENTS = 5;

    /** An AMI event of a real Asterisk has some 30 headers. */
    private static final String NATIVE =
            "Event: DialBegin\r\n"
                    + IntStream.range(0, 28)
                            .mapToObj(i -> "DestHeader" + i + ": PJSIP/201-00000001")
                            .collect(Collectors.joining("\r\n"))
                    + "\r\n";

    private static final List<Fact> FACTS =
            List.of(
                    new Fact.Started(
                            Optional.of(Direction.INBOUND),
                            Optional.of(new PhoneNumber("+79161234567", "79161234567")),
                            Optional.of(new PhoneNumber("+74951000001", "74951000001"))),
                    new Fact.LegRinging("201"),
                    new Fact.LegAnswered(),
                    new Fact.LegEnded(LegResult.ANSWERED),
                    new Fact.Ended(Optional.empty()));

    private Told() {}

    /**
     * @param nth 0 to 4: started, ringing, answered, leg ended, ended
     */
    static CallEvent event(String callKey, int nth) {
        Instant now = Instant.now();
        Optional<String> leg =
                nth == 0 || nth == EVENTS - 1 ? Optional.empty() : Optional.of(callKey + "1");
        return new CallEvent(
                COMPANY,
                "office",
                callKey,
                leg,
                Optional.empty(),
                nth,
                now,
                now,
                Confidence.LIVE,
                FACTS.get(nth),
                NATIVE);
    }
}
