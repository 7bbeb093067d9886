package org.trunkline.crm.bitrix24.internal.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trunkline.crm.bitrix24.internal.HeardCalls;
import org.trunkline.crm.connector.begin.BegunCall;
import org.trunkline.crm.connector.begin.Commands;
import org.trunkline.crm.connector.begin.Controls;
import org.trunkline.model.Call;
import org.trunkline.model.Direction;
import org.trunkline.model.FromCrm;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PbxKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Setback;

/** A call that begins in the CRM, until its PBX has it. */
class BegunCallTest {

    private static final Instant BEGUN = Instant.parse("2026-11-22T10:00:00Z");
    private static final PhoneNumber CLIENT = PhoneNumber.read("+79163330001", "RU").orElseThrow();

    private final HeardCalls heard = new HeardCalls();
    private final List<PbxControl.Order> orders = new ArrayList<>();

    private BegunCall call(Duration later) {
        return new BegunCall(
                heard,
                Clock.fixed(BEGUN.plus(later), ZoneOffset.UTC),
                BEGUN,
                "acme",
                "office",
                BegunCall.key("acme", "main", "externalCall.1"));
    }

    private void begins() {
        call(Duration.ZERO)
                .begin(
                        Direction.OUTBOUND,
                        CLIENT,
                        Optional.empty(),
                        new FromCrm(
                                "office-main",
                                Optional.of("externalCall.1"),
                                Optional.of("7"),
                                Optional.empty(),
                                false,
                                false,
                                Optional.empty()),
                        "click");
    }

    private void isGiven(Duration later) {
        Controls controls = new Controls();
        controls.addControl(
                new PbxControl() {
                    @Override
                    public PbxKind kind() {
                        return PbxKind.ASTERISK;
                    }

                    @Override
                    public void call(String company, PbxAccount account, Order order) {
                        orders.add(order);
                    }
                });
        BegunCall call = call(later);
        new Commands(controls)
                .give(
                        call,
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
                                Optional.empty()),
                        new PbxControl.Order(call.key(), List.of(), CLIENT, Commands.RING));
    }

    @Test
    void T17_noPhoneRingsForACallThatWaitedForItsTurn() {
        begins();

        isGiven(Duration.ofSeconds(16));

        assertThat(orders).isEmpty();
        Call call = heard.all().get(0);
        assertThat(call.ended()).isTrue();
        assertThat(FromCrm.of(call).orElseThrow().setback()).contains(Setback.LOST);
    }

    @Test
    void T17_aShortWaitIsNone() {
        begins();

        isGiven(Duration.ofSeconds(14));

        assertThat(orders).hasSize(1);
    }

    @Test
    void T17_whatOnlyTheJournalHoldsIsKnown() {
        assertThat(call(Duration.ZERO).isKnown(heard)).isFalse();
        heard.folding(false);

        begins();

        assertThat(heard.all()).isEmpty();
        assertThat(call(Duration.ZERO).isKnown(heard)).isTrue();
    }
}
