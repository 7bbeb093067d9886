package org.trunkline.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Client.Found;

/** What the model's records answer of themselves. */
class WordsOfTheModelTest {

    private static Optional<Found> found(EntityKind kind, boolean open) {
        return Optional.of(new Found(kind, kind.name(), "Some " + kind, "7", open));
    }

    private static List<EntityKind> kinds(List<Found> found) {
        return found.stream().map(Found::kind).toList();
    }

    @Test
    void O11_whatWasFoundStandsInTheOrderOfPrecedence() {
        Client all =
                new Client(
                        found(EntityKind.CONTACT, true),
                        found(EntityKind.COMPANY, true),
                        found(EntityKind.LEAD, true),
                        found(EntityKind.DEAL, true));

        assertThat(kinds(all.found()))
                .containsExactly(
                        EntityKind.CONTACT, EntityKind.COMPANY, EntityKind.LEAD, EntityKind.DEAL);
        assertThat(all.known()).isTrue();
        assertThat(Client.UNKNOWN.known()).isFalse();
        assertThat(Client.UNKNOWN.found()).isEmpty();
    }

    @Test
    void O6_onlyALeadOrDealThatIsNotInAFinalStateIsOpen() {
        Client closed =
                new Client(
                        found(EntityKind.CONTACT, true),
                        Optional.empty(),
                        found(EntityKind.LEAD, false),
                        found(EntityKind.DEAL, false));
        Client openLead =
                new Client(
                        Optional.empty(),
                        Optional.empty(),
                        found(EntityKind.LEAD, true),
                        found(EntityKind.DEAL, false));

        assertThat(closed.open()).isEmpty();
        assertThat(openLead.open()).map(Found::kind).contains(EntityKind.LEAD);
        assertThat(Client.UNKNOWN.open()).isEmpty();
    }

    @Test
    void aLegRingsUntilItIsAnsweredOrOver() {
        assertThat(leg(new Fact.LegRinging("201")).ringing()).isTrue();
        assertThat(leg(new Fact.LegRinging("201"), new Fact.LegAnswered()).ringing()).isFalse();
        assertThat(leg(new Fact.LegRinging("201"), new Fact.LegEnded(LegResult.MISSED)).ringing())
                .isFalse();
    }

    private static Leg leg(Fact... facts) {
        CallEvent[] events = new CallEvent[facts.length];
        for (int i = 0; i < facts.length; i++) {
            events[i] = Events.leg(i, "a", facts[i]);
        }
        return Events.call(events).leg("a").orElseThrow();
    }

    @Test
    void aCallIsOfOneDirectionAndEndsOnce() {
        CallEvent started =
                Events.of(
                        0,
                        new Fact.Started(
                                Optional.of(Direction.INBOUND),
                                Optional.empty(),
                                Optional.empty()));
        Call rings = Events.call(started);
        Call over = Events.call(started, Events.of(9, new Fact.Ended(Optional.empty())));

        assertThat(rings.is(Direction.INBOUND)).isTrue();
        assertThat(rings.is(Direction.OUTBOUND)).isFalse();
        assertThat(
                        Events.call(Events.of(0, new Fact.Ended(Optional.empty())))
                                .is(Direction.INBOUND))
                .isFalse();
        assertThat(rings.ended()).isFalse();
        assertThat(over.ended()).isTrue();
    }

    @Test
    void aCallsIdDependsOnAllOfItsKey() {
        assertThat(Events.call(Events.of(0, new Fact.LegAnswered())).id())
                .isEqualTo(Call.id("acme", "office", "1795290262.0"))
                .matches("[0-9a-f]{24}");
        assertThat(
                        List.of(
                                Call.id("acme", "office", "1"),
                                Call.id("acme", "office", "2"),
                                Call.id("acme", "branch", "1"),
                                Call.id("apex", "office", "1")))
                .doesNotHaveDuplicates();
    }

    @Test
    void partsOfACompanyAreFoundByTheirIds() {
        Integration first = integration("first");
        Integration second = integration("second");
        Company company =
                new Company("acme", "Acme", "RU", List.of(), List.of(), List.of(first, second));

        assertThat(company.integration("second")).contains(second);
        assertThat(company.integration("third")).isEmpty();
    }

    private static Integration integration(String id) {
        return new Integration(
                id,
                "office",
                "main",
                "mikopbx-bitrix24",
                Map.of(),
                JsonNodeFactory.instance.objectNode());
    }
}
