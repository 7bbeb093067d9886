package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.trunkline.crm.bitrix24.internal.events.Bitrix24Events;
import org.trunkline.crm.connector.begin.Controls;
import org.trunkline.model.EntityKind;
import org.trunkline.model.PortalDirectory.BookState;

/** What a portal tells of its entities reaches the phone book. */
class EntityEventsTest extends DirectoryAgainstSandbox {

    private void step(Duration time) {
        later(time);
        directory.look();
        Awaitility.await().atMost(Duration.ofSeconds(40)).until(directory::idle);
    }

    private Optional<Long> contacts() {
        return Optional.ofNullable(directory.inBook("acme", portal.portal).get(EntityKind.CONTACT));
    }

    @Test
    void X7_anEntityThatWasDeletedLeavesThePhoneBookByItsEvent() {
        portal.put(
                "{\"contacts\":[{\"ID\":\"11\",\"NAME\":\"Olga\",\"PHONE\":\"89161234567\"},"
                        + "{\"ID\":\"12\",\"NAME\":\"Ivan\",\"PHONE\":\"89161234568\"}]}");
        for (int i = 0;
                i < 60 && directory.book("acme", portal.portal).state() != BookState.CURRENT;
                i++) {
            step(Duration.ofSeconds(1));
        }
        assertThat(contacts()).contains(2L);
        HeardCalls heard = new HeardCalls();
        Bitrix24Events events =
                new Bitrix24Events(
                        heard,
                        heard,
                        portal.companies,
                        leases,
                        connector,
                        new Controls(),
                        Optional.empty(),
                        clock);
        try {
            events.addChanges(directory);
            events.mendAll();
            portal.put(
                    "{\"contacts\":[{\"ID\":\"12\",\"NAME\":\"Ivan\",\"PHONE\":\"89161234568\"}]}");
            step(Duration.ofMinutes(1));
            assertThat(contacts()).as("a list of what changed tells of no deletion").contains(2L);
            portal.event(
                    "{\"event\":\"ONCRMCONTACTDELETE\",\"data\":{\"FIELDS\":{\"ID\":\"11\"}}}");

            events.drainAll();
            step(Duration.ofMinutes(1));

            assertThat(contacts()).contains(1L);
            assertThat(directory.inBook("acme", portal.portal, number("+79161234567")).contact())
                    .isEmpty();
        } finally {
            events.stop();
        }
    }
}
