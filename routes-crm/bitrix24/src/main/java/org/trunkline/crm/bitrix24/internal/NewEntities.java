package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.crm.bitrix24.internal.Command.ResultOf;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Candidates;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Settings.Stage;
import org.trunkline.model.WantedEntities;

/**
 * A lead, or a deal with the contact that it needs, each made once.
 *
 * @param number the client's; empty: none is written to what is made
 */
record NewEntities(Deeds deeds, String call, Optional<PhoneNumber> number, Client client) {

    /** Whether the deal that was made has its contact. */
    private static final String TIED = "dealContact";

    private static final String NEW_ID = "item][id";

    /** One entity to be added. */
    private record Addition(EntityKind kind, Command command) {}

    /**
     * @param kind {@code LEAD} or {@code DEAL}
     * @param responsibles who is tried while the portal refuses the one before
     */
    void make(WantedEntities wanted, EntityKind kind, Candidates responsibles) {
        List<EntityKind> kinds = kinds(kind);
        searchWhatMayBeThere(kinds);
        boolean staged = true;
        String user = responsibles.next();
        List<Addition> additions = missing(wanted, kinds, user, staged);
        while (!additions.isEmpty()) {
            List<String> steps = additions.stream().map(a -> step(a.kind())).toList();
            List<Answer> answers =
                    deeds.send(
                            Lane.BACKLOG,
                            steps,
                            additions.stream().map(Addition::command).toList());
            note(additions, answers);
            boolean refused =
                    Deeds.is(answers.get(answers.size() - 1), Bitrix24Refusal.Kind.DATA)
                            && wanted.stage().isPresent();
            if (answers.stream().anyMatch(Deeds::noSuchUser) && responsibles.more()) {
                user = responsibles.next();
            } else if (refused && staged) {
                staged = false;
                warn(wanted.stage().get(), Deeds.refusal(answers.get(answers.size() - 1)));
            } else {
                for (int i = 0; i < answers.size(); i++) {
                    deeds.log().result(List.of(steps.get(i)), answers.get(i));
                }
            }
            additions = missing(wanted, kinds, user, staged);
        }
        tie();
    }

    private void warn(Stage stage, Bitrix24Refusal refusal) {
        String name =
                "pipeline " + stage.pipeline() + stage.stage().map(s -> ", stage " + s).orElse("");
        deeds.site()
                .vitals()
                .warn(
                        name,
                        name
                                + " is refused, the portal's own first stage is taken: "
                                + refusal.text(),
                        "correct /pipelines in the settings");
    }

    /** A contact only if the client has neither contact nor company (rules K4, O6). */
    private List<EntityKind> kinds(EntityKind kind) {
        boolean known = client.contact().isPresent() || client.company().isPresent();
        return kind == EntityKind.DEAL && !known
                ? List.of(EntityKind.CONTACT, kind)
                : List.of(kind);
    }

    private static String step(EntityKind kind) {
        return switch (kind) {
            case CONTACT -> "makeContact";
            case COMPANY -> "makeCompany";
            case LEAD -> "makeLead";
            case DEAL -> "makeDeal";
        };
    }

    private String originId(EntityKind kind) {
        return call + "-" + kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    private void searchWhatMayBeThere(List<EntityKind> kinds) {
        for (EntityKind kind : kinds) {
            if (deeds.log().unsure(step(kind))) {
                JsonNode reply =
                        Deeds.ask(deeds.site().courier(), CrmRequests.made(kind, originId(kind)))
                                .get(0);
                String id = reply.path("items").path(0).path("id").asText("");
                if (!id.isEmpty()) {
                    deeds.log().done(step(kind), id);
                }
            }
        }
    }

    private List<Addition> missing(
            WantedEntities wanted, List<EntityKind> kinds, String user, boolean staged) {
        List<Addition> additions = new ArrayList<>();
        for (EntityKind kind : kinds) {
            if (!deeds.log().done(step(kind))) {
                Map<String, Object> fields = common(wanted, user);
                switch (kind) {
                    case CONTACT -> contact(wanted, fields);
                    case LEAD -> lead(wanted, fields, staged);
                    default -> deal(wanted, fields, staged, !additions.isEmpty());
                }
                additions.add(new Addition(kind, CrmRequests.add(kind, originId(kind), fields)));
            }
        }
        return additions;
    }

    private static Map<String, Object> common(WantedEntities wanted, String user) {
        Map<String, Object> fields = new LinkedHashMap<>();
        if (!user.isEmpty()) {
            fields.put("assignedById", Requests.user(user));
        }
        wanted.sourceDescription().ifPresent(text -> fields.put("sourceDescription", text));
        return fields;
    }

    private void contact(WantedEntities wanted, Map<String, Object> fields) {
        fields.put("name", wanted.create().orElseThrow().contactName());
        phone(fields);
    }

    private void phone(Map<String, Object> fields) {
        number.ifPresent(
                n ->
                        fields.put(
                                "fm",
                                List.of(
                                        Map.of(
                                                "typeId",
                                                "PHONE",
                                                "valueType",
                                                "WORK",
                                                "value",
                                                n.value()))));
    }

    private void lead(WantedEntities wanted, Map<String, Object> fields, boolean staged) {
        title(wanted, EntityKind.LEAD, fields);
        client.contact().ifPresent(found -> fields.put("contactId", found.id()));
        client.company().ifPresent(found -> fields.put("companyId", found.id()));
        if (client.contact().isEmpty() && client.company().isEmpty()) {
            fields.put("name", wanted.create().orElseThrow().contactName());
            phone(fields);
        }
        wanted.stage()
                .filter(stage -> staged)
                .flatMap(stage -> stage.stage())
                .ifPresent(stage -> fields.put("stageId", stage));
        fields.putAll(CrmRequests.named(wanted.fields()));
    }

    private void deal(
            WantedEntities wanted,
            Map<String, Object> fields,
            boolean staged,
            boolean withContact) {
        title(wanted, EntityKind.DEAL, fields);
        if (withContact) {
            fields.put("contactIds", List.of(new ResultOf(0, NEW_ID)));
        } else {
            contact().ifPresent(c -> fields.put("contactIds", List.of(c.id())));
        }
        client.company().ifPresent(found -> fields.put("companyId", found.id()));
        wanted.stage()
                .filter(stage -> staged)
                .ifPresent(
                        place -> {
                            fields.put("categoryId", place.pipeline());
                            place.stage().ifPresent(stage -> fields.put("stageId", stage));
                        });
        fields.putAll(CrmRequests.named(wanted.fields()));
    }

    private static void title(WantedEntities wanted, EntityKind kind, Map<String, Object> fields) {
        Optional.ofNullable(wanted.create().orElseThrow().titles().get(kind))
                .ifPresent(title -> fields.put("title", title));
    }

    /** What was made is noted before anything else: it must never be made again. */
    private void note(List<Addition> additions, List<Answer> answers) {
        for (int i = 0; i < answers.size(); i++) {
            String step = step(additions.get(i).kind());
            if (answers.get(i) instanceof Answer.Result result) {
                deeds.log().done(step, result.value().path("item").path("id").asText());
            } else {
                deeds.log().fault(List.of(step), answers.get(i));
            }
        }
        boolean dealNow = additions.get(additions.size() - 1).kind() == EntityKind.DEAL;
        if (dealNow && deal().isPresent() && contact().isPresent()) {
            deeds.log().done(TIED, "");
        }
    }

    /** A deal that was made while its contact was refused gets it afterwards. */
    private void tie() {
        Optional<String> contact = deeds.log().made(step(EntityKind.CONTACT));
        if (contact.isPresent() && deal().isPresent() && !deeds.log().done(TIED)) {
            deeds.one(
                    TIED,
                    CrmRequests.update(deal().get(), Map.of("contactIds", List.of(contact.get()))));
            deeds.log().done(TIED, "");
        }
    }

    /** Whether a try to make anything may have reached the portal. */
    boolean begun() {
        return Stream.of(EntityKind.CONTACT, EntityKind.LEAD, EntityKind.DEAL)
                .map(NewEntities::step)
                .anyMatch(step -> deeds.log().done(step) || deeds.log().unsure(step));
    }

    List<Entity> made() {
        return Stream.of(EntityKind.CONTACT, EntityKind.LEAD, EntityKind.DEAL)
                .flatMap(kind -> made(kind).stream())
                .toList();
    }

    private Optional<Entity> made(EntityKind kind) {
        return deeds.log().made(step(kind)).map(id -> new Entity(kind, id));
    }

    /** The client's own, made or found. */
    Optional<Entity> contact() {
        return made(EntityKind.CONTACT).or(() -> client.contact().map(Entity::of));
    }

    Optional<Entity> lead() {
        return made(EntityKind.LEAD);
    }

    Optional<Entity> deal() {
        return made(EntityKind.DEAL);
    }
}
