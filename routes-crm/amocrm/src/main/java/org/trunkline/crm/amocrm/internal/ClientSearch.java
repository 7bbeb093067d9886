package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.trunkline.crm.connector.Entity;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.Client;
import org.trunkline.model.Client.Found;
import org.trunkline.model.EntityKind;
import org.trunkline.model.PhoneNumber;

/**
 * Looks clients up in the account. The vendor's search is fuzzy, so each number is compared again;
 * like him we compare the last ten digits, for people write numbers in many ways.
 */
final class ClientSearch {

    /** Won and lost have the same ids in every pipeline. */
    static final Set<String> FINAL = Set.of("142", "143");

    private static final int COMPARED = 10;

    /** Shorter ones, as internal and service numbers, are inside others and match wildly. */
    private static final int SHORTEST = 8;

    private final Account account;
    private final Lane lane;

    ClientSearch(Account account, Lane lane) {
        this.account = account;
        this.lane = lane;
    }

    /**
     * Whoever has a number: the oldest contact and company, and the latest deal, an open one first.
     *
     * @throws org.trunkline.model.Fault if the account can't be asked
     */
    Client byNumber(PhoneNumber number) {
        if (!searchable(number)) {
            return Client.UNKNOWN;
        }
        String digits = digits(number.value());
        Optional<JsonNode> contact = oldest("contacts", digits);
        Optional<JsonNode> company =
                contact.isPresent() ? Optional.empty() : oldest("companies", digits);
        return client(contact, company);
    }

    /** Whether the account can tell whose number it is. */
    static boolean searchable(PhoneNumber number) {
        return number.value().startsWith("+") && digits(number.value()).length() >= SHORTEST;
    }

    /**
     * The client whom a popup showed; all that the CRM has of him.
     *
     * @param number by which he is searched if what was shown is gone
     */
    Client of(Entity shown, PhoneNumber number) {
        JsonNode row =
                account.ask(
                        lane,
                        "/api/v4/"
                                + Endpoint.plural(shown.kind())
                                + "/"
                                + shown.id()
                                + "?with="
                                + (shown.kind() == EntityKind.DEAL ? "contacts" : "leads"));
        if (row.path("id").isMissingNode()) {
            return byNumber(number);
        }
        return switch (shown.kind()) {
            case CONTACT -> client(Optional.of(row), Optional.empty());
            case COMPANY -> client(Optional.empty(), Optional.of(row));
            case LEAD, DEAL -> ofDeal(row);
        };
    }

    private Client ofDeal(JsonNode row) {
        JsonNode embedded = row.path("_embedded");
        return new Client(
                first(embedded.path("contacts")).flatMap(one -> owner(EntityKind.CONTACT, one)),
                first(embedded.path("companies")).flatMap(one -> owner(EntityKind.COMPANY, one)),
                Optional.empty(),
                Optional.of(deal(row)));
    }

    /** A deal names its client by his id only. */
    private Optional<Found> owner(EntityKind kind, JsonNode one) {
        String path = "/api/v4/" + Endpoint.plural(kind) + "/" + one.path("id").asText();
        return Optional.of(account.ask(lane, path))
                .filter(row -> row.has("id"))
                .map(row -> found(kind, row));
    }

    private static Optional<JsonNode> first(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> row.path("is_main").asBoolean(true))
                .findFirst();
    }

    /**
     * Somebody who has the number.
     *
     * @param deals ids of his deals
     */
    record Holder(EntityKind kind, String id, List<ObjectNode> deals) {}

    /** All contacts and companies that have a number. */
    List<Holder> holders(PhoneNumber number) {
        String digits = digits(number.value());
        return Stream.of(EntityKind.CONTACT, EntityKind.COMPANY)
                .flatMap(
                        kind ->
                                having(Endpoint.plural(kind), digits)
                                        .map(
                                                row ->
                                                        new Holder(
                                                                kind,
                                                                row.path("id").asText(),
                                                                deals(row))))
                .toList();
    }

    private Optional<JsonNode> oldest(String plural, String digits) {
        return having(plural, digits).min(Comparator.comparingLong(row -> row.path("id").asLong()));
    }

    private Stream<JsonNode> having(String plural, String digits) {
        JsonNode found =
                account.ask(lane, "/api/v4/" + plural + "?with=leads&limit=250&query=" + digits);
        return StreamSupport.stream(found.path("_embedded").path(plural).spliterator(), false)
                .filter(row -> has(row, digits));
    }

    private static boolean has(JsonNode row, String digits) {
        for (JsonNode field : row.path("custom_fields_values")) {
            if (field.path("field_code").asText().equals("PHONE")) {
                for (JsonNode value : field.path("values")) {
                    if (digits(value.path("value").asText()).equals(digits)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The last ten digits of a number, however it is written. */
    static String digits(String number) {
        String all = number.replaceAll("\\D", "");
        return all.substring(Math.max(0, all.length() - COMPARED));
    }

    private Client client(Optional<JsonNode> contact, Optional<JsonNode> company) {
        List<ObjectNode> ids = contact.or(() -> company).map(ClientSearch::deals).orElse(List.of());
        Optional<Found> deal =
                ids.isEmpty()
                        ? Optional.empty()
                        : account.deals(lane, ids).stream()
                                .map(ClientSearch::deal)
                                .max(
                                        Comparator.comparing(Found::open)
                                                .thenComparingLong(
                                                        found -> Long.parseLong(found.id())));
        return new Client(
                contact.map(row -> found(EntityKind.CONTACT, row)),
                company.map(row -> found(EntityKind.COMPANY, row)),
                Optional.empty(),
                deal);
    }

    private static List<ObjectNode> deals(JsonNode row) {
        List<ObjectNode> ids = new ArrayList<>();
        row.path("_embedded")
                .path("leads")
                .forEach(lead -> ids.add(Values.id(lead.path("id").asText())));
        return ids;
    }

    private static Found found(EntityKind kind, JsonNode row) {
        return new Found(
                kind,
                row.path("id").asText(),
                row.path("name").asText(),
                row.path("responsible_user_id").asText(""),
                true);
    }

    private static Found deal(JsonNode row) {
        return new Found(
                EntityKind.DEAL,
                row.path("id").asText(),
                row.path("name").asText(),
                row.path("responsible_user_id").asText(""),
                !FINAL.contains(row.path("status_id").asText()));
    }
}
