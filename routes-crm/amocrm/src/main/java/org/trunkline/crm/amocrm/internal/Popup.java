package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.DeedLog;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.CallRecord;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Json;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.StepLog;

/**
 * The card of a call (rules T9, M1). amoCRM shows it to each user once and takes it back from
 * nobody. A lost reply is not repeated: a card that comes twice disturbs more than one that may
 * have been missed.
 */
final class Popup {

    private static final String STEP = "card";

    private final Account account;
    private final CallRecord record;
    private final List<CallRecord> others;
    private final DeedLog log;

    /**
     * @param others other records of the call: who saw its card there has seen it
     */
    Popup(Account account, CallRecord record, List<CallRecord> others, StepLog steps) {
        this.account = account;
        this.record = record;
        this.others = others;
        this.log = new DeedLog(steps);
    }

    void bring() {
        String step = DeedLog.of(record, STEP);
        Set<String> shown = seen(record);
        if (log.unsure(step)) {
            log.done(step, joined(shown));
        }
        Set<String> elsewhere = new TreeSet<>();
        others.forEach(other -> elsewhere.addAll(seen(other)));
        List<String> missing =
                record.cards().stream()
                        .filter(user -> !shown.contains(user) && !elsewhere.contains(user))
                        .toList();
        if (missing.isEmpty()) {
            return;
        }
        log.done(underWay(record), joined(missing));
        ObjectNode item = item(record.client(), missing);
        Answer answer =
                log.send(
                                List.of(step),
                                () ->
                                        account.courier()
                                                .send(Parcel.of(Lane.CARDS, Endpoint.POPUPS, item)))
                        .get(0);
        if (answer instanceof Answer.Lost) {
            log.ambiguous(List.of(step), ((Answer.Lost) answer).why());
            return;
        }
        JsonNode reply = log.result(List.of(step), answer);
        if (ClientSearch.searchable(record.client())) {
            account.replies().said(record.client(), shown(reply));
        }
        shown.addAll(missing);
        log.done(step, joined(shown));
    }

    /** Who saw a record's card, or may have, for the reply was lost. */
    private Set<String> seen(CallRecord of) {
        String step = DeedLog.of(of, STEP);
        Set<String> users = new TreeSet<>(users(step));
        if (log.unsure(step)) {
            users.addAll(users(underWay(of)));
        }
        return users;
    }

    /** To whom the request goes; durable before it. */
    private static String underWay(CallRecord record) {
        return DeedLog.of(record, "cardFor");
    }

    private List<String> users(String step) {
        return log.lastKnown(step).map(Popup::split).orElse(List.of());
    }

    /**
     * One popup.
     *
     * @param users none: everybody
     */
    static ObjectNode item(PhoneNumber number, Collection<String> users) {
        ObjectNode item =
                Json.MAPPER
                        .createObjectNode()
                        .put("type", "phone_call")
                        .put("phone_number", number.value());
        if (!users.isEmpty()) {
            ArrayNode ids = item.putArray("users");
            users.forEach(user -> ids.add(Values.user(user)));
        }
        return item;
    }

    private static PopupReplies.Shown shown(JsonNode reply) {
        String id = reply.path("element_id").asText("");
        Optional<EntityKind> kind =
                switch (reply.path("element_type").asInt()) {
                    case 1 -> Optional.of(EntityKind.CONTACT);
                    case 2 -> Optional.of(EntityKind.DEAL);
                    case 3 -> Optional.of(EntityKind.COMPANY);
                    default -> Optional.empty();
                };
        return new PopupReplies.Shown(
                kind.filter(k -> id.matches("[1-9]\\d*")).map(k -> new Entity(k, id)),
                !reply.path("element_id").isNull() && kind.isEmpty());
    }

    private static List<String> split(String users) {
        return Arrays.stream(users.split(",")).filter(user -> !user.isEmpty()).toList();
    }

    private static String joined(Collection<String> users) {
        return String.join(",", users);
    }
}
