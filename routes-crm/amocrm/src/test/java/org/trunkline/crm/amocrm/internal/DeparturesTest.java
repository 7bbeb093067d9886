package org.trunkline.crm.amocrm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.Waiting;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Json;

class DeparturesTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final Endpoint NOTES = Endpoint.newNotes(EntityKind.DEAL);

    private final Departures departures = new Departures(5, -SECOND);

    private void join(Lane lane, Endpoint endpoint, int many) {
        for (int i = 0; i < many; i++) {
            departures.join(
                    new Waiting<>(
                            Parcel.of(lane, endpoint, Json.MAPPER.createObjectNode()),
                            0,
                            () -> {}));
        }
    }

    private Lane leaves(long second) {
        return departures.depart(second * SECOND).get(0).parcel().lane();
    }

    @Test
    void X8_fewOfTheBacklogWaitForFourCards() {
        join(Lane.BACKLOG, NOTES, 49);
        List<Lane> led = new ArrayList<>();
        for (int second = 0; second < 5; second++) {
            join(Lane.CARDS, Endpoint.POPUPS, 1);
            led.add(leaves(second));
        }

        assertThat(led)
                .containsExactly(Lane.CARDS, Lane.CARDS, Lane.CARDS, Lane.CARDS, Lane.BACKLOG);
    }

    @Test
    void X8_aBacklogThatFillsARequestTakesTurnsWithCards() {
        join(Lane.BACKLOG, NOTES, 120);
        List<Lane> led = new ArrayList<>();
        for (int second = 0; second < 5; second++) {
            join(Lane.CARDS, Endpoint.POPUPS, 1);
            led.add(leaves(second));
        }

        // The 20 that are left then fill nothing.
        assertThat(led)
                .containsExactly(Lane.CARDS, Lane.BACKLOG, Lane.CARDS, Lane.BACKLOG, Lane.CARDS);
        join(Lane.CARDS, Endpoint.POPUPS, 1);
        assertThat(leaves(5)).isEqualTo(Lane.CARDS);
    }
}
