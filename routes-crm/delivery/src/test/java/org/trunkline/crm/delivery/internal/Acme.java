package org.trunkline.crm.delivery.internal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Asterisk;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Company;
import org.trunkline.model.Confidence;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Direction;
import org.trunkline.model.Employee;
import org.trunkline.model.Fact;
import org.trunkline.model.Integration;
import org.trunkline.model.LegResult;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;

/**
 * A company with two employees, 201 and 202, who are users 7 and 8 in both of its portals.
 *
 * @param store where its calls are told
 */
record Acme(TestStore store) {

    static final String RECORDINGS = "/var/spool/asterisk/monitor";
    private static final PhoneNumber CLIENT = new PhoneNumber("+79161234567", "89161234567");

    static Company company(String preset) {
        return new Company(
                "acme",
                "Acme",
                "RU",
                List.of(
                        new PbxAccount(
                                "office",
                                PbxKind.ASTERISK,
                                "127.0.0.1",
                                5038,
                                false,
                                "crm",
                                Optional.empty(),
                                List.of(),
                                List.of(employee("201"), employee("202")),
                                Optional.of(
                                        new Asterisk(
                                                List.of("from-trunk"),
                                                List.of("internal"),
                                                "all_peers",
                                                Optional.of(RECORDINGS),
                                                Optional.empty())))),
                List.of(portal("main"), portal("second")),
                List.of(integration("to-main", "main", preset), second(preset)));
    }

    static Company company() {
        return company("mikopbx-bitrix24");
    }

    private static Integration second(String preset) {
        return integration("to-second", "second", preset);
    }

    private static Employee employee(String id) {
        return new Employee(
                id, id, "Employee " + id, Optional.empty(), Optional.empty(), false, true);
    }

    private static Portal portal(String id) {
        return new Portal(id, CrmKind.BITRIX24, id, URI.create("http://127.0.0.1/" + id), false);
    }

    /** A call of half a minute that ends now. */
    void justEnded(String key, Set<String> concerned, String extension) {
        Instant now = Instant.now();
        tell(
                key,
                concerned,
                event(
                        key,
                        "",
                        now.minusSeconds(40),
                        new Fact.Started(
                                Optional.of(Direction.INBOUND),
                                Optional.of(CLIENT),
                                Optional.empty())),
                event(key, extension, now.minusSeconds(39), new Fact.LegRinging(extension)),
                event(key, extension, now.minusSeconds(30), new Fact.LegAnswered()),
                event(key, extension, now, new Fact.LegEnded(LegResult.ANSWERED)),
                event(key, "", now, new Fact.Ended(Optional.empty())));
    }

    /** With these settings over the preset. */
    static Company company(ObjectNode settings) {
        Company plain = company();
        return new Company(
                plain.id(),
                plain.name(),
                plain.region(),
                plain.pbx(),
                plain.portals(),
                plain.integrations().stream()
                        .map(
                                i ->
                                        new Integration(
                                                i.id(),
                                                i.pbx(),
                                                i.portal(),
                                                i.preset(),
                                                i.mapping(),
                                                settings))
                        .toList());
    }

    private static Integration integration(String id, String portal, String preset) {
        return new Integration(
                id,
                "office",
                portal,
                preset,
                Map.of("201", "7", "202", "8"),
                JsonNodeFactory.instance.objectNode());
    }

    static String id(String key) {
        return Call.id("acme", "office", key);
    }

    /** Something happens in a call, and the integrations named are concerned. */
    void tell(String key, Set<String> concerned, CallEvent... events) {
        store.journal().append(List.of(events));
        store.journal().unfolded(1_000).stream()
                .filter(u -> u.callKey().equals(key))
                .forEach(u -> store.calls().fold(u, call -> concerned));
    }

    /** An incoming call rings at these phones. */
    void rings(String key, Set<String> concerned, String... extensions) {
        List<CallEvent> events = new ArrayList<>();
        events.add(
                event(
                        key,
                        "",
                        0,
                        new Fact.Started(
                                Optional.of(Direction.INBOUND),
                                Optional.of(CLIENT),
                                Optional.empty())));
        for (String extension : extensions) {
            events.add(event(key, extension, 1, new Fact.LegRinging(extension)));
        }
        tell(key, concerned, events.toArray(CallEvent[]::new));
    }

    void answered(String key, Set<String> concerned, String extension) {
        tell(key, concerned, event(key, extension, 10, new Fact.LegAnswered()));
    }

    void hungUp(String key, Set<String> concerned, String extension) {
        tell(
                key,
                concerned,
                event(key, extension, 40, new Fact.LegEnded(LegResult.ANSWERED)),
                event(key, "", 40, new Fact.Ended(Optional.empty())));
    }

    static CallEvent event(String key, String leg, long second, Fact fact) {
        return event(key, leg, Instant.parse("2026-03-01T12:00:00Z").plusSeconds(second), fact);
    }

    static CallEvent event(String key, String leg, Instant at, Fact fact) {
        return new CallEvent(
                "acme",
                "office",
                key,
                Optional.of(leg).filter(l -> !l.isEmpty()),
                Optional.empty(),
                at.getEpochSecond(),
                at,
                at,
                Confidence.LIVE,
                fact,
                "");
    }
}
