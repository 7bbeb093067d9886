package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Candidates;
import org.trunkline.crm.connector.DeedLog;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CallRecord.Written;
import org.trunkline.model.CallResult;
import org.trunkline.model.CrmConnector.Wanted;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.StepLog;

/**
 * One record of a call: a note at the deal, else at the contact or company (rules T10, T11, I2, I3,
 * M4). Where nobody was looked up the account finds the client itself, and drops the call of one
 * whom it does not know; that is told, never silent.
 */
final class CallNote {

    private static final String NOBODYS =
            "amoCRM keeps no call of a number that it does not know, and the settings make no entity"
                    + " for it";

    private final Account account;
    private final String call;
    private final CallRecord record;
    private final EntityDelivery entities;
    private final CallContent content;
    private final DeedLog log;

    CallNote(
            Account account,
            String call,
            CallRecord record,
            EntityDelivery entities,
            Wanted wanted,
            StepLog steps) {
        this.account = account;
        this.call = call;
        this.record = record;
        this.entities = entities;
        this.content = new CallContent(call, record, wanted);
        this.log = new DeedLog(steps);
    }

    private String step() {
        return DeedLog.of(record, "call");
    }

    /** What was last written, so that it is changed only when there is something to change. */
    private String text() {
        return DeedLog.of(record, "callText");
    }

    /** Where it was last to be written; durable before the request. */
    private String place() {
        return DeedLog.of(record, "callOn");
    }

    void bring() {
        if (record.written() == Written.NOT_YET) {
            return;
        }
        if (entities.holdsCall(record)) {
            new CallBack(account, call, record, log).bring(entities.unsortedDeal());
            return;
        }
        adopt();
        if (!log.done(step())) {
            write();
        } else {
            change();
        }
        Optional<Note> note = Note.read(log.made(step()).orElse(""));
        new Transcript(account, record, log).bring(note);
        new CallBack(account, call, record, log).bring(note.map(Note::on));
    }

    /** After a lost reply: the note may be there. */
    private void adopt() {
        if (!log.unsure(step())) {
            return;
        }
        for (Entity where : places()) {
            Optional<String> there = there(where);
            if (there.isPresent()) {
                log.done(text(), "");
                log.done(step(), new Note(where, there.get()).toString());
                return;
            }
        }
    }

    private List<Entity> places() {
        Optional<Entity> place = log.lastKnown(place()).flatMap(Entity::read);
        if (place.isPresent()) {
            return List.of(place.get());
        }
        return new ClientSearch(account, Lane.BACKLOG)
                .holders(record.client()).stream()
                        .flatMap(
                                holder ->
                                        Stream.concat(
                                                Stream.of(new Entity(holder.kind(), holder.id())),
                                                holder.deals().stream()
                                                        .map(
                                                                id ->
                                                                        new Entity(
                                                                                EntityKind.DEAL,
                                                                                id.path("id")
                                                                                        .asText()))))
                        .toList();
    }

    private Optional<String> there(Entity where) {
        try {
            JsonNode notes =
                    account.ask(
                            Lane.BACKLOG,
                            "/api/v4/"
                                    + Endpoint.plural(where.kind())
                                    + "/"
                                    + where.id()
                                    + "/notes?limit=250&order%5Bid%5D=desc&filter%5Bnote_type%5D="
                                    + content.type());
            return StreamSupport.stream(notes.path("_embedded").path("notes").spliterator(), false)
                    .filter(
                            note ->
                                    note.path("params")
                                            .path("uniq")
                                            .asText()
                                            .equals(content.uniq()))
                    .map(note -> note.path("id").asText())
                    .findFirst();
        } catch (Fault.Data gone) {
            return Optional.empty();
        }
    }

    private void write() {
        List<Entity> targets = entities.targets();
        for (Entity target : targets) {
            if (writeTo(target)) {
                return;
            }
            account.madeLately().forget(record.client());
        }
        log.done(place(), "");
        byNumber();
    }

    /**
     * @return false: the entity is not there any more
     */
    private boolean writeTo(Entity target) {
        log.done(place(), target.toString());
        Endpoint endpoint = Endpoint.newNotes(target.kind());
        for (Candidates who = candidates(); ; ) {
            ObjectNode item = content.note(who.next());
            item.set("entity_id", Values.user(target.id()));
            Answer answer = send(List.of(step()), endpoint, item);
            if (refusal(answer).filter(AmocrmRefusal::noSuchUser).isPresent() && who.more()) {
                warn(item.path("responsible_user_id").asText());
                continue;
            }
            if (refusal(answer).filter(AmocrmRefusal::gone).isPresent()) {
                log.failed(step(), refusal(answer).get().text());
                return false;
            }
            JsonNode made = log.result(List.of(step()), answer);
            log.done(writer(), item.path("responsible_user_id").asText());
            done(new Note(target, made.path("id").asText()));
            return true;
        }
    }

    /** The account finds the client by its own rules; a short number would match wildly. */
    private void byNumber() {
        if (!ClientSearch.searchable(record.client())) {
            nobodys();
            return;
        }
        for (Candidates who = candidates(); ; ) {
            Answer answer = send(List.of(step()), Endpoint.CALLS, content.call(who.next()));
            Optional<AmocrmRefusal> refusal = refusal(answer);
            if (refusal.filter(AmocrmRefusal::noSuchUser).isPresent() && who.more()) {
                continue;
            }
            if (refusal.filter(AmocrmRefusal::nobody).isPresent()) {
                nobodys();
                return;
            }
            JsonNode made = log.result(List.of(step()), answer);
            String id = made.path("id").asText();
            Optional<Entity> landed = landed(made);
            log.done(text(), content.params(writtenBy()).toString());
            log.done(
                    step(),
                    landed.map(entity -> new Note(entity, id).toString())
                            .orElse("customer, note " + id));
            return;
        }
    }

    /** An attempt that failed is nobody's loss (I4); a talk that is not kept is. */
    private void nobodys() {
        log.failed(step(), NOBODYS);
        boolean talked =
                record.outcome().filter(o -> o.result() == CallResult.ANSWERED).isPresent();
        if (talked) {
            account.vitals()
                    .warn(
                            "strangers",
                            NOBODYS,
                            "switch on /entities/outgoing or the like, or see the call's steps");
        }
    }

    /** Empty: at a customer, which is no entity of the hub's; nothing more is written there. */
    private static Optional<Entity> landed(JsonNode made) {
        Optional<EntityKind> kind =
                switch (made.path("entity_type").asText()) {
                    case "lead", "leads" -> Optional.of(EntityKind.DEAL);
                    case "company", "companies" -> Optional.of(EntityKind.COMPANY);
                    case "contact", "contacts" -> Optional.of(EntityKind.CONTACT);
                    default -> Optional.empty();
                };
        return kind.map(k -> new Entity(k, made.path("entity_id").asText()));
    }

    private void done(Note note) {
        log.done(text(), content.params(writtenBy()).toString());
        log.done(step(), note.toString());
    }

    private void change() {
        String now = content.params(writtenBy()).toString();
        Optional<Note> note = log.made(step()).flatMap(Note::read);
        if (note.isEmpty() || log.made(text()).equals(Optional.of(now))) {
            return;
        }
        ObjectNode item = Values.id(note.get().id());
        item.put("note_type", content.type());
        item.set("params", content.params(writtenBy()));
        List<String> steps = List.of(text());
        Endpoint endpoint = Endpoint.changedNotes(note.get().on().kind());
        Answer answer = send(steps, endpoint, item);
        if (refusal(answer).filter(AmocrmRefusal::gone).isEmpty()) {
            log.result(steps, answer);
        }
        log.done(text(), now);
    }

    private Answer send(List<String> steps, Endpoint endpoint, ObjectNode item) {
        return log.send(
                        steps,
                        () -> account.courier().send(Parcel.of(Lane.BACKLOG, endpoint, item)))
                .get(0);
    }

    private static Optional<AmocrmRefusal> refusal(Answer answer) {
        return answer instanceof Answer.Refused refused
                ? Optional.of(AmocrmRefusal.of(refused))
                : Optional.empty();
    }

    private Candidates candidates() {
        return new Candidates(content.user(), record.fallbackUsers());
    }

    /** Under whom it was written, if that is not whose it was to be. */
    private String writer() {
        return DeedLog.of(record, "callBy");
    }

    private String writtenBy() {
        return log.made(writer()).orElseGet(content::user);
    }

    private void warn(String user) {
        account.vitals()
                .warn(
                        "user " + user,
                        "user " + user + " is dismissed or unknown there, others stand in",
                        "map the employee to an active user of the account");
    }
}
