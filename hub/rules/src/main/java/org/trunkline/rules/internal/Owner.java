package org.trunkline.rules.internal;

import java.util.List;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.Client;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Leg;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.Talker;

/** Whose the client's entities become (rules O9 to O11, O13, M2). */
record Owner(Call call, Client client, People people, Settings settings, boolean inbound) {

    /** Who, and why; empty: nobody talked, or nobody can be named. */
    Optional<Part> of() {
        if (!inbound) {
            return caller();
        }
        return talker().isPresent() ? answered() : Optional.empty();
    }

    private Optional<Part> caller() {
        return call.legs().stream()
                .findFirst()
                .flatMap(people::user)
                .map(user -> part(user, "O9", "", "made the call"))
                .or(this::unmapped)
                .or(
                        () ->
                                standIn(
                                        "/responsible/outgoingDefault",
                                        settings.responsible().outgoingDefault()));
    }

    /** O13: over all legs, transfers included; unmapped ones only if no other talked (M4). */
    private Optional<Leg> talker() {
        List<Leg> all = Segment.talkers(call.legs());
        List<Leg> mapped = all.stream().filter(leg -> people.user(leg).isPresent()).toList();
        List<Leg> talkers = mapped.isEmpty() ? all : mapped;
        boolean last = settings.responsible().talker() == Talker.LAST;
        return talkers.isEmpty()
                ? Optional.empty()
                : Optional.of(talkers.get(last ? talkers.size() - 1 : 0));
    }

    private Optional<Part> answered() {
        return keeps().or(
                        () ->
                                talker().flatMap(people::user)
                                        .map(
                                                user ->
                                                        part(
                                                                user,
                                                                client.known() ? "O10" : "O9",
                                                                "/responsible/talker",
                                                                "talked to the client")))
                .or(this::unmapped)
                .or(
                        () ->
                                standIn(
                                        "/responsible/incomingDefault",
                                        settings.responsible().incomingDefault()));
    }

    /** O11: where what was found keeps its responsible whoever answered. */
    private Optional<Part> keeps() {
        if (!settings.responsible().byEntity()) {
            return Optional.empty();
        }
        boolean contact = client.contact().isPresent();
        boolean company = client.company().isPresent();
        boolean lead = client.lead().isPresent();
        boolean deal = client.deal().isPresent();
        if (contact && company && deal && !lead) {
            return kept(client.contact(), "contact, company and deal are known: the contact's");
        }
        if (!contact && !company && deal && !lead) {
            return kept(client.deal(), "only a deal is known: the deal's");
        }
        if (!contact && !company && !deal && lead && !client.lead().get().open()) {
            return kept(client.lead(), "only a closed lead is known: the lead's");
        }
        return Optional.empty();
    }

    private static Optional<Part> kept(Optional<Client.Found> found, String reason) {
        return found.map(entity -> part(entity.responsible(), "O11", "", reason));
    }

    private Optional<Part> unmapped() {
        return settings.saveAll()
                .user()
                .map(user -> part(user, "M2", "/saveAll/user", "the employee is not mapped"));
    }

    private static Optional<Part> standIn(String setting, Optional<String> user) {
        return user.map(u -> part(u, "O9", setting, "the employee is not mapped"));
    }

    private static Part part(String user, String rule, String setting, String reason) {
        return new Part("owner", user, rule, setting, reason);
    }
}
