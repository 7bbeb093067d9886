package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Candidates;
import org.trunkline.crm.connector.DeedLog;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.Client;
import org.trunkline.model.CrmConnector.Wanted;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Json;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Settings.Stage;
import org.trunkline.model.WantedEntities;

/** A deal, with the contact that it needs, in one request and made once (rules T15, I4). */
final class NewDeal {

    /** The account's clock may differ from the PBX's. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    /** By what name it was to be made; durable before the request, for templates change. */
    private static final String TITLE = "dealTitle";

    private static final List<String> STEPS = List.of(EntityDelivery.DEAL);

    private final Account account;
    private final Wanted wanted;
    private final Client client;
    private final DeedLog log;

    NewDeal(Account account, Wanted wanted, DeedLog log) {
        this.account = account;
        this.wanted = wanted;
        this.client = wanted.client();
        this.log = log;
    }

    /**
     * @param responsibles who is tried while the account refuses the one before
     */
    void make(WantedEntities entities, Candidates responsibles) {
        PhoneNumber number = EntityDelivery.number(wanted).orElseThrow();
        account.madeLately().alone(number, () -> makeAlone(entities, number, responsibles));
    }

    private void makeAlone(WantedEntities entities, PhoneNumber number, Candidates responsibles) {
        if (found(entities, number) || taken(number) || accepted(number, responsibles)) {
            return;
        }
        create(entities, number, responsibles);
        account.replies().forget(number);
        account.madeLately().note(number, made());
    }

    /** Another call of the same stranger was quicker, and what it made is still there. */
    private boolean taken(PhoneNumber number) {
        Optional<List<Entity>> others =
                account.madeLately().of(number, client).or(() -> byAnotherProcess(number));
        if (others.isEmpty()) {
            return false;
        }
        List<ObjectNode> deals =
                others.get().stream()
                        .filter(entity -> entity.kind() == EntityKind.DEAL)
                        .map(entity -> Values.id(entity.id()))
                        .toList();
        if (account.deals(Lane.BACKLOG, deals).isEmpty()) {
            account.madeLately().forget(number);
            return false;
        }
        others.get().forEach(this::take);
        return true;
    }

    /** Before a takeover or a restart; the look-up of this call may be older than that. */
    private Optional<List<Entity>> byAnotherProcess(PhoneNumber number) {
        if (client.known() || !account.madeLately().isYoungerThan(wanted.call().startedAt())) {
            return Optional.empty();
        }
        Client now = new ClientSearch(account, Lane.BACKLOG).byNumber(number);
        return now.open()
                .map(
                        open ->
                                Stream.concat(Stream.of(open), now.contact().stream())
                                        .map(Entity::of)
                                        .toList());
    }

    /**
     * A stranger who waits in the tray of unsorted requests is sorted now, for he talks. An entry
     * that was sorted since this call's look-up, perhaps by a try whose reply was lost, is a deal.
     */
    private boolean accepted(PhoneNumber number, Candidates responsibles) {
        Optional<UnsortedTray.Entry> entry =
                client.known() ? Optional.empty() : account.tray().last(number);
        if (entry.isEmpty()) {
            return false;
        }
        if (account.tray().waits(entry.get())) {
            log.begin(STEPS);
            account.tray().accept(entry.get(), responsibles.peek());
        } else if (!isOpen(entry.get().lead())) {
            return false;
        }
        if (!entry.get().contact().isEmpty()) {
            log.done(EntityDelivery.CONTACT, entry.get().contact());
        }
        log.done(EntityDelivery.DEAL, entry.get().lead());
        account.madeLately().note(number, made());
        account.replies().forget(number);
        return true;
    }

    private boolean isOpen(String deal) {
        return account.deals(Lane.BACKLOG, List.of(Values.id(deal))).stream()
                .anyMatch(row -> !ClientSearch.FINAL.contains(row.path("status_id").asText()));
    }

    private List<Entity> made() {
        List<Entity> made = new ArrayList<>();
        log.made(EntityDelivery.DEAL).ifPresent(id -> made.add(new Entity(EntityKind.DEAL, id)));
        log.made(EntityDelivery.CONTACT)
                .ifPresent(id -> made.add(new Entity(EntityKind.CONTACT, id)));
        return made;
    }

    private void take(Entity entity) {
        log.done(
                entity.kind() == EntityKind.DEAL ? EntityDelivery.DEAL : EntityDelivery.CONTACT,
                entity.id());
    }

    /** After a lost reply: a deal of this client by this name, no older than the call. */
    private boolean found(WantedEntities entities, PhoneNumber number) {
        if (!log.unsure(EntityDelivery.DEAL)) {
            return false;
        }
        String title = log.lastKnown(TITLE).orElseGet(() -> title(entities));
        ClientSearch search = new ClientSearch(account, Lane.BACKLOG);
        long since = wanted.call().startedAt().minus(SKEW).getEpochSecond();
        for (ClientSearch.Holder holder : search.holders(number)) {
            Optional<JsonNode> deal =
                    account.deals(Lane.BACKLOG, holder.deals()).stream()
                            .filter(
                                    row ->
                                            title.isEmpty()
                                                    || row.path("name").asText().equals(title))
                            .filter(row -> row.path("created_at").asLong() >= since)
                            .findFirst();
            if (deal.isPresent()) {
                if (client.contact().isEmpty() && holder.kind() == EntityKind.CONTACT) {
                    log.done(EntityDelivery.CONTACT, holder.id());
                }
                log.done(EntityDelivery.DEAL, deal.get().path("id").asText());
                return true;
            }
        }
        return false;
    }

    private void create(WantedEntities entities, PhoneNumber number, Candidates responsibles) {
        boolean staged = true;
        boolean linked = true;
        String user = responsibles.next();
        log.done(TITLE, title(entities));
        while (true) {
            ObjectNode item = item(entities, number, user, staged, linked);
            Answer answer =
                    log.send(
                                    STEPS,
                                    () ->
                                            account.courier()
                                                    .send(
                                                            Parcel.of(
                                                                    Lane.BACKLOG,
                                                                    Endpoint.COMPLEX,
                                                                    item)))
                            .get(0);
            if (answer instanceof Answer.Refused no) {
                AmocrmRefusal refusal = AmocrmRefusal.of(no);
                if (refusal.noSuchUser() && responsibles.more()) {
                    user = responsibles.next();
                    continue;
                }
                if (refusal.noSuchOwner() && linked && client.known()) {
                    linked = false;
                    continue;
                }
                if (refusal.noSuchStage() && staged && entities.stage().isPresent()) {
                    staged = false;
                    warn(entities.stage().get(), refusal);
                    continue;
                }
            }
            JsonNode made = log.result(STEPS, answer);
            boolean contact = client.contact().isEmpty() || !linked;
            if (contact && made.path("contact_id").asLong() > 0) {
                log.done(EntityDelivery.CONTACT, made.path("contact_id").asText());
            }
            log.done(EntityDelivery.DEAL, made.path("id").asText());
            return;
        }
    }

    private void warn(Stage stage, AmocrmRefusal refusal) {
        String name =
                "pipeline " + stage.pipeline() + stage.stage().map(s -> ", stage " + s).orElse("");
        account.vitals()
                .warn(
                        name,
                        name + " is refused, the main pipeline is taken: " + refusal.text(),
                        "correct /pipelines in the settings");
    }

    private static String title(WantedEntities entities) {
        return entities.create().orElseThrow().titles().getOrDefault(EntityKind.DEAL, "");
    }

    private ObjectNode item(
            WantedEntities entities,
            PhoneNumber number,
            String user,
            boolean staged,
            boolean linked) {
        ObjectNode item = Json.MAPPER.createObjectNode().put("name", title(entities));
        if (!user.isEmpty()) {
            item.set("responsible_user_id", Values.user(user));
        }
        entities.stage().filter(stage -> staged).ifPresent(stage -> place(item, stage));
        if (!entities.fields().isEmpty()) {
            item.set("custom_fields_values", Values.fields(entities.fields()));
        }
        ObjectNode embedded = item.putObject("_embedded");
        Values.tags(embedded, entities.create().orElseThrow().tags());
        if (linked && client.known()) {
            embedOwner(embedded);
        } else {
            embedded.putArray("contacts").add(contact(entities, number, user));
        }
        return item;
    }

    /** A pipeline without a stage means its first working one. */
    private void place(ObjectNode item, Stage stage) {
        item.set("pipeline_id", Values.user(stage.pipeline()));
        stage.stage()
                .or(
                        () ->
                                account.pipelines()
                                        .of(Optional.of(stage.pipeline()))
                                        .filter(p -> p.id().equals(stage.pipeline()))
                                        .flatMap(Pipelines.Pipeline::firstStage))
                .ifPresent(id -> item.set("status_id", Values.user(id)));
    }

    private void embedOwner(ObjectNode embedded) {
        client.company()
                .ifPresent(found -> embedded.putArray("companies").add(Values.id(found.id())));
        client.contact()
                .ifPresent(found -> embedded.putArray("contacts").add(Values.id(found.id())));
    }

    private static ObjectNode contact(WantedEntities entities, PhoneNumber number, String user) {
        ObjectNode contact =
                Json.MAPPER
                        .createObjectNode()
                        .put("name", entities.create().orElseThrow().contactName());
        if (!user.isEmpty()) {
            contact.set("responsible_user_id", Values.user(user));
        }
        contact.set("custom_fields_values", Values.phone(number));
        List<String> tags = entities.create().orElseThrow().tags();
        if (!tags.isEmpty()) {
            Values.tags(contact.putObject("_embedded"), tags);
        }
        return contact;
    }
}
