package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.DeedLog;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.CallRecord;
import org.trunkline.model.CallRecord.Written;
import org.trunkline.model.CallResult;
import org.trunkline.model.Client;
import org.trunkline.model.CrmConnector.Wanted;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Settings.Stage;
import org.trunkline.model.SiteRequest;
import org.trunkline.model.WantedEntities;

/**
 * An entry in the tray of unsorted requests (rules T15, I5). It can hold the call itself, so that a
 * stranger's call costs one request. A further call of the same stranger, while nobody has sorted
 * the first, goes to the same entry. A request of the site that reached nobody is entered as one
 * (rule I6).
 */
final class NewUnsorted {

    /** The entry's deal. */
    private static final String STEP = "unsorted";

    /** Whether the entry is the call's record. */
    private static final String HOLDS = "unsortedCall";

    private static final List<String> STEPS = List.of(STEP);

    private static final Duration AT_ONCE = Duration.ofMillis(100);

    private final Account account;
    private final String call;
    private final Wanted wanted;
    private final Client client;
    private final DeedLog log;

    NewUnsorted(Account account, String call, Wanted wanted, DeedLog log) {
        this.account = account;
        this.call = call;
        this.wanted = wanted;
        this.client = wanted.client();
        this.log = log;
    }

    boolean done() {
        return log.done(STEP);
    }

    boolean holdsCall() {
        return done() && log.made(HOLDS).equals(Optional.of("true"));
    }

    /** The deal that the entry is to become. */
    Optional<Entity> deal() {
        return log.made(STEP).flatMap(Entity::read);
    }

    /** Whether the account takes unsorted requests; what it takes not becomes a deal (T15). */
    boolean possible() {
        Optional<Pipelines.Pipeline> pipeline = pipeline();
        boolean on = pipeline.filter(Pipelines.Pipeline::unsorted).isPresent();
        account.vitals()
                .warn(
                        "unsorted",
                        on
                                ? ""
                                : "Unsorted is off in the account or in pipeline "
                                        + pipeline.map(Pipelines.Pipeline::id).orElse("?")
                                        + ": deals are made instead",
                        "switch Unsorted on in amoCRM, or set /entities/kind to deal");
        return on;
    }

    private Optional<Pipelines.Pipeline> pipeline() {
        return account.pipelines().of(entities().stage().map(Stage::pipeline));
    }

    private WantedEntities entities() {
        return wanted.decision().entities().orElseThrow();
    }

    /** A try went out of which nobody knows what became. */
    boolean unsure() {
        return log.unsure(STEP);
    }

    /** Finds out what became of it; what is not there was not made. */
    void settle() {
        PhoneNumber number = EntityDelivery.number(wanted).orElseThrow();
        account.madeLately()
                .alone(
                        number,
                        () ->
                                found().ifPresentOrElse(
                                                entry -> made(number, entry),
                                                () -> log.failed(STEP, "it was not made")));
    }

    void make() {
        PhoneNumber number = EntityDelivery.number(wanted).orElseThrow();
        account.madeLately()
                .alone(
                        number,
                        () ->
                                account.tray()
                                        .of(number)
                                        .ifPresentOrElse(
                                                this::take, () -> made(number, create(number))));
    }

    /**
     * Another call of the same stranger waits there: this one goes to the same entry. A request
     * that reached nobody is no call there either; its parameters are the entry's note (I6).
     */
    private void take(UnsortedTray.Entry waiting) {
        log.done(HOLDS, Boolean.toString(request().isPresent()));
        log.done(STEP, waiting.deal().toString());
    }

    private void made(PhoneNumber number, UnsortedTray.Entry entry) {
        account.tray().put(number, entry);
        log.done(STEP, entry.deal().toString());
        account.replies().forget(number);
    }

    /** After a lost reply. */
    private Optional<UnsortedTray.Entry> found() {
        JsonNode latest =
                account.ask(
                        Lane.BACKLOG,
                        "/api/v4/leads/unsorted?limit=250&order%5Bcreated_at%5D=desc"
                                + "&filter%5Bcategory%5D%5B%5D="
                                + (request().isPresent() ? "forms" : "sip"));
        return StreamSupport.stream(latest.path("_embedded").path("unsorted").spliterator(), false)
                .filter(
                        row ->
                                row.path("metadata").path("uniq").asText().equals(uniq())
                                        || row.path("source_uid").asText().equals(uniq()))
                .map(NewUnsorted::entry)
                .findFirst();
    }

    private static UnsortedTray.Entry entry(JsonNode row) {
        JsonNode embedded = row.path("_embedded");
        return new UnsortedTray.Entry(
                row.path("uid").asText(),
                embedded.path("leads").path(0).path("id").asText(),
                embedded.path("contacts").path(0).path("id").asText(""));
    }

    private String uniq() {
        return call + "-" + CallRecord.MAIN;
    }

    private UnsortedTray.Entry create(PhoneNumber number) {
        boolean holds =
                request().isPresent()
                        || wanted.records().stream().findFirst().map(this::isMissed).orElse(true);
        log.done(HOLDS, Boolean.toString(holds));
        ObjectNode item = item(number, holds);
        Answer answer =
                log.send(
                                STEPS,
                                () ->
                                        account.courier()
                                                .send(
                                                        Parcel.of(
                                                                Lane.BACKLOG,
                                                                request().isPresent()
                                                                        ? Endpoint.UNSORTED_FORMS
                                                                        : Endpoint.UNSORTED,
                                                                item)))
                        .get(0);
        if (answer instanceof Answer.Refused refused && switchedOff()) {
            log.failed(STEPS, refused.refusal().text());
            throw new Fault.Retryable("Unsorted was switched off: a deal is next", AT_ONCE);
        }
        JsonNode made = log.result(STEPS, answer);
        return entry(made);
    }

    /** Since the pipelines were last read. */
    private boolean switchedOff() {
        account.pipelines().forget();
        return !possible();
    }

    /** What may follow a talk, as its duration or its recording, can't be written into the tray. */
    private boolean isMissed(CallRecord main) {
        return main.written() == Written.WHOLE
                && main.outcome().filter(o -> o.result() != CallResult.ANSWERED).isPresent();
    }

    private ObjectNode item(PhoneNumber number, boolean holds) {
        WantedEntities entities = entities();
        WantedEntities.New create = entities.create().orElseThrow();
        ObjectNode item =
                Json.MAPPER
                        .createObjectNode()
                        // Of a form nothing else that is ours comes back.
                        .put("source_uid", request().isPresent() ? uniq() : "trunkline")
                        .put("source_name", "Trunkline")
                        .put("created_at", wanted.call().startedAt().getEpochSecond());
        pipeline().ifPresent(p -> item.set("pipeline_id", Values.user(p.id())));
        item.set(
                "metadata",
                request().map(SiteForm::metadata).orElseGet(() -> metadata(number, holds)));
        ObjectNode embedded = item.putObject("_embedded");
        ObjectNode lead =
                embedded.putArray("leads")
                        .addObject()
                        .put("name", create.titles().getOrDefault(EntityKind.DEAL, ""));
        tagged(lead, create);
        client.company()
                .ifPresent(found -> embedded.putArray("companies").add(Values.id(found.id())));
        if (client.contact().isPresent()) {
            embedded.putArray("contacts").add(Values.id(client.contact().get().id()));
        } else if (client.company().isEmpty()) {
            ObjectNode contact = embedded.putArray("contacts").addObject();
            contact.put("name", create.contactName());
            contact.set("custom_fields_values", Values.phone(number));
            tagged(contact, create);
        }
        return item;
    }

    /** What is entered as a request: one that an employee took is a call (I6). */
    private Optional<SiteRequest> request() {
        return SiteRequest.of(wanted.call()).filter(r -> wanted.call().answeredAt().isEmpty());
    }

    private static void tagged(ObjectNode made, WantedEntities.New create) {
        if (!create.tags().isEmpty()) {
            Values.tags(made.putObject("_embedded"), create.tags());
        }
    }

    private ObjectNode metadata(PhoneNumber number, boolean holds) {
        Optional<CallRecord> main = wanted.records().stream().findFirst();
        ObjectNode metadata =
                Json.MAPPER
                        .createObjectNode()
                        .put("uniq", uniq())
                        .put("phone", number.value())
                        .put("from", number.value())
                        .put("called_at", wanted.call().startedAt().getEpochSecond())
                        .put(
                                "duration",
                                main.flatMap(CallRecord::outcome)
                                        .map(CallRecord.Outcome::talkSeconds)
                                        .orElse(0L))
                        .put("service_code", "trunkline")
                        .put("is_call_event_needed", holds);
        main.map(CallRecord::user)
                .ifPresent(user -> metadata.set("call_responsible", Values.user(user)));
        // The vendor insists on one, though a missed call has none.
        metadata.put(
                "link",
                main.flatMap(record -> record.recordings().stream().findFirst())
                        .flatMap(wanted::link)
                        .map(URI::toString)
                        .orElse(""));
        return metadata;
    }
}
