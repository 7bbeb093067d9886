package org.trunkline.crm.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trunkline.model.FromCrm;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;

/** How long a call that began in a CRM is waited for (rule T17). */
class HearingTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final PbxAccount OFFICE =
            new PbxAccount(
                    "office",
                    PbxKind.ASTERISK,
                    "127.0.0.1",
                    5038,
                    false,
                    "crm",
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.empty());

    private Instant now = START;
    private String state = "connected";
    private final Connectors connectors = new Connectors();
    private final Clock clock =
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            };
    private final Hearing hearing = new Hearing(connectors, clock);

    private Instant until() {
        return hearing.patientUntil("acme", OFFICE);
    }

    @Test
    void T17_afterAStartThePbxHasTimeToTell() {
        now = START.plusSeconds(600);

        assertThat(until()).isEqualTo(START.plus(FromCrm.PATIENCE));
    }

    @Test
    void T17_nothingIsGivenUpWhileThePbxIsNotHeardAndShortlyAfter() {
        connectors.addPbx(() -> List.of(new PbxHealth("acme", "office", state, "", "")));
        state = "connecting";
        now = START.plusSeconds(600);
        assertThat(until()).isAfter(now);
        now = START.plusSeconds(700);
        assertThat(until()).isAfter(now);

        state = "connected";
        now = START.plusSeconds(701);

        assertThat(until()).isEqualTo(START.plusSeconds(700).plus(FromCrm.PATIENCE));
    }

    @Test
    void T17_anotherAccountsTroubleIsNone() {
        connectors.addPbx(() -> List.of(new PbxHealth("acme", "branch", "refused", "", "")));
        now = START.plusSeconds(600);

        assertThat(until()).isBefore(now);
    }
}
