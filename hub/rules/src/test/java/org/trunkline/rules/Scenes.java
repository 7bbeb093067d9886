package org.trunkline.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Client;
import org.trunkline.model.Confidence;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.Json;
import org.trunkline.model.LegResult;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.SettingsDocument;
import org.trunkline.model.TransferKind;

/** Calls, clients, mappings and settings of all kinds, at random. */
final class Scenes {
    private static final Map<String, String> USERS =
            Map.of("201", "1", "202", "2", "203", "3", "204", "4", "205", "5");

    private Scenes() {}

    static Arbitrary<Scene> all() {
        return Combinators.combine(
                        calls(),
                        mappings(),
                        onAnotherCall(),
                        Arbitraries.of(CrmKind.class),
                        clients(),
                        settings())
                .as(Scene::new);
    }

    /** Who is rung together, and who of them answers, by place; beyond the last: nobody. */
    private record Ringing(List<String> phones, int answers) {}

    private static Arbitrary<Ringing> ringing() {
        return Combinators.combine(
                        Arbitraries.of(Scene.EMPLOYEES).list().uniqueElements().ofSize(2),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.integers().between(0, 2))
                .as((phones, count, answers) -> new Ringing(phones.subList(0, count), answers));
    }

    private static Arbitrary<List<CallEvent>> calls() {
        return Combinators.combine(
                        Arbitraries.frequency(
                                Tuple.of(5, Direction.INBOUND), Tuple.of(3, Direction.OUTBOUND)),
                        Arbitraries.of(Story.DIRECT, Story.MULTICHANNEL),
                        ringing(),
                        ringing().list().ofMaxSize(2),
                        Arbitraries.integers().between(0, 4))
                .as((way, line, first, next, open) -> told(way, line, first, next, open > 0));
    }

    private static List<CallEvent> told(
            Direction direction,
            String line,
            Ringing first,
            List<Ringing> transfers,
            boolean ends) {
        Teller teller = new Teller();
        teller.tell(
                "",
                new Fact.Started(
                        Optional.of(direction),
                        PhoneNumber.read("+79161234567", "RU"),
                        PhoneNumber.read(line, "RU")));
        teller.tell("", new Fact.Tagged(Map.of("campaign", "spring", "source", "search")));
        Optional<String> talker = teller.part(0, first, Optional.empty());
        for (int i = 0; i < transfers.size() && talker.isPresent(); i++) {
            talker = teller.part(i + 1, transfers.get(i), talker);
        }
        if (ends) {
            teller.tell("", new Fact.Ended(Optional.empty()));
        }
        return teller.events;
    }

    /** Second by second. */
    private static final class Teller {
        private final List<CallEvent> events = new ArrayList<>();

        /** Rings, answers and leaves; whose leg talks. */
        Optional<String> part(int nth, Ringing ringing, Optional<String> from) {
            Optional<String> talker = Optional.empty();
            for (String phone : ringing.phones()) {
                from.ifPresent(
                        leg ->
                                tell(
                                        nth + "-" + phone,
                                        new Fact.Transferred(TransferKind.BLIND, leg)));
                tell(nth + "-" + phone, new Fact.LegRinging(phone));
            }
            from.ifPresent(leg -> tell(leg, new Fact.LegEnded(LegResult.ANSWERED)));
            for (int i = 0; i < ringing.phones().size(); i++) {
                String leg = nth + "-" + ringing.phones().get(i);
                if (i == ringing.answers()) {
                    tell(leg, new Fact.LegAnswered());
                    tell(leg, new Fact.RecordingReady("r" + leg, "/monitor/" + leg));
                    talker = Optional.of(leg);
                } else {
                    tell(leg, new Fact.LegEnded(LegResult.MISSED));
                }
            }
            return talker;
        }

        void tell(String leg, Fact fact) {
            Instant at = Story.START.plusSeconds(events.size());
            events.add(
                    new CallEvent(
                            "acme",
                            "office",
                            "1.0",
                            Optional.of(leg).filter(key -> !key.isEmpty()),
                            Optional.empty(),
                            events.size(),
                            at,
                            at,
                            Confidence.LIVE,
                            fact,
                            ""));
        }
    }

    private static Arbitrary<Map<String, String>> mappings() {
        return Arbitraries.subsetOf(Scene.EMPLOYEES)
                .map(
                        mapped -> {
                            Map<String, String> mapping = new TreeMap<>(USERS);
                            mapping.keySet().retainAll(mapped);
                            return mapping;
                        });
    }

    private static Arbitrary<Set<String>> onAnotherCall() {
        return Arbitraries.subsetOf(Scene.EMPLOYEES).map(Set::copyOf);
    }

    private static Arbitrary<Client> clients() {
        Arbitrary<Boolean> any = Arbitraries.of(true, false);
        return Combinators.combine(any, any, any, any, any)
                .as(
                        (contact, company, lead, deal, open) -> {
                            Clients clients = Clients.of();
                            clients = contact ? clients.withContact() : clients;
                            clients = company ? clients.withCompany() : clients;
                            clients = lead ? clients.withLead(open) : clients;
                            return (deal ? clients.withDeal(open) : clients).client();
                        });
    }

    private static final String DEFAULTS =
            "{'responsible':{'incomingDefault':'41','outgoingDefault':'42'}}";
    private static final String ASSIGNMENT =
            "{'responsible':{'incomingDefault':'41','outgoingDefault':'42',"
                    + "'rules':[{'filter':{'param':'line','values':['"
                    + Story.MULTICHANNEL
                    + "']},'user':'43'}]}}";
    private static final String HUB = "{'entities':{'createBy':'hub'}}";
    private static final String DELAY =
            "{'entities':{'createBy':'hub'},"
                    + "'responsible':{'incomingDefault':'41','outgoingDefault':'42',"
                    + "'changeAfter':'PT2H'}}";

    /** Each choice by itself. The users that they name are 41 to 47. */
    private static Arbitrary<JsonNode> settings() {
        List<Arbitrary<JsonNode>> choices =
                List.of(
                        of("{}", "{'entities':{'createBy':'nobody'}}", HUB, HUB, DELAY),
                        of("{}", DEFAULTS),
                        of("{}", ASSIGNMENT),
                        of("{}", "{'responsible':{'missed':'44'}}"),
                        of("{}", "{'responsible':{'talker':'last'}}"),
                        of("{}", "{'record':{'at':'answer'}}"),
                        of(
                                "{}",
                                "{'record':{'missedWithoutEmployee':"
                                        + "{'enabled':true,'user':'45'}}}"),
                        of("{}", "{'saveAll':{'enabled':true,'user':'46'}}"),
                        of("{}", "{'missedGroup':{'enabled':true}}"),
                        of("{}", "{'popup':{'audience':'ringing'}}"),
                        of("{}", "{'notify':{'talker':true,'missedUsers':['47']}}"),
                        of("{}", "{'chat':{'enabled':true}}"),
                        of("{}", "{'source':{'lineNumber':true}}"),
                        of(
                                "{}",
                                "{'fields':{'alwaysUpdate':true,'map':"
                                        + "[{'field':'UF_1','text':'{{call_id}}'}]}}"));
        return Combinators.combine(choices)
                .as(
                        patches -> {
                            JsonNode all = JsonNodeFactory.instance.objectNode();
                            for (JsonNode patch : patches) {
                                all = merged(all, patch);
                            }
                            return all;
                        });
    }

    private static Arbitrary<JsonNode> of(String... patches) {
        return Arbitraries.of(patches).map(text -> Json.tree(text.replace('\'', '"')));
    }

    /** Both, one over the other. */
    static JsonNode merged(JsonNode one, JsonNode other) {
        return SettingsDocument.mergePatch(one, other);
    }

    /** A call filter for both directions. */
    static JsonNode filters(String filter) {
        ObjectNode filters = JsonNodeFactory.instance.objectNode();
        for (String way : List.of("incoming", "outgoing")) {
            ObjectNode one = filters.withObjectProperty("filters").putObject(way);
            one.put("enabled", true).set("filter", Json.tree(filter.replace('\'', '"')));
        }
        return filters;
    }
}
