package org.trunkline.crm.amocrm.internal.install;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.crm.amocrm.internal.AmocrmTokens;
import org.trunkline.crm.amocrm.internal.directory.AccountLinks;
import org.trunkline.crm.amocrm.internal.directory.Question;
import org.trunkline.crm.amocrm.internal.directory.UnsortedCheck;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalConnection.Check;
import org.trunkline.model.PortalConnection.CheckItem;
import org.trunkline.store.Companies;

/** Asks an account what people would otherwise find out from failures (rules T1, T15, O17). */
final class AccountCheck {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    /** What the hub reads and writes, by the names of the vendor's rights. */
    private static final List<String> NEEDED = List.of("leads", "contacts", "companies", "tasks");

    private static final Duration SOON = Duration.ofDays(30);

    private final Companies companies;
    private final AccountLinks.Link link;
    private final Clock clock;
    private final List<CheckItem> items = new ArrayList<>();
    private final List<String> cures = new ArrayList<>();

    AccountCheck(Companies companies, AccountLinks.Link link, Clock clock) {
        this.companies = companies;
        this.link = link;
        this.clock = clock;
    }

    Check run(String company, Portal portal) {
        items.add(new CheckItem("Address of the account", link.tokens().base().toString(), true));
        try {
            JsonNode account = ask("/api/v4/account").value();
            items.add(new CheckItem("Account", account.path("name").asText(), true));
            user(account.path("current_user_id").asText());
            unsorted(company, portal, account);
            token();
            contact();
            boolean well = items.stream().allMatch(CheckItem::ok);
            return new Check(
                    well,
                    well ? "Connected, all is well" : "Connected, but not everything works",
                    String.join("; ", cures),
                    items);
        } catch (Fault fault) {
            contact();
            return new Check(false, "Not connected: " + fault.getMessage(), fault.cure(), items);
        }
    }

    private Told ask(String path) {
        return link.ask(Lane.CARDS, Question.get(path));
    }

    private void user(String id) {
        Told told = ask("/api/v4/users/" + id);
        if (told instanceof Told.Refused no) {
            if (!no.noRight()) {
                throw no.why();
            }
            wrong(
                    "The hub works as",
                    "user " + id + ", who may not see the account's users",
                    "authorise the hub as an administrator. An external integration never sees users:"
                            + " their list and suggestions stay empty, and employees can't be checked;"
                            + " type the users' ids into the mapping");
            return;
        }
        JsonNode user = told.value();
        JsonNode rights = user.path("rights");
        String name = user.path("name").asText(id);
        if (rights.path("is_admin").asBoolean()) {
            items.add(new CheckItem("The hub works as", name + ", administrator", true));
            return;
        }
        wrong(
                "The hub works as",
                name + ", no administrator",
                "authorise the hub as an administrator of the account");
        List<String> missing =
                NEEDED.stream()
                        .filter(
                                of ->
                                        List.of("view", "add", "edit").stream()
                                                .anyMatch(
                                                        right ->
                                                                !rights.path(of)
                                                                        .path(right)
                                                                        .asText("A")
                                                                        .equals("A")))
                        .toList();
        if (!missing.isEmpty()) {
            wrong(
                    "Not allowed everywhere",
                    String.join(", ", missing),
                    "give that user the right to see, add and edit all " + missing);
        }
    }

    private void unsorted(String company, Portal portal, JsonNode account) {
        Set<String> wanted =
                companies
                        .find(company)
                        .map(found -> UnsortedCheck.wanted(found, portal))
                        .orElse(Set.of());
        if (wanted.isEmpty()) {
            return;
        }
        List<JsonNode> pipelines = new ArrayList<>();
        ask("/api/v4/leads/pipelines")
                .value()
                .path("_embedded")
                .path("pipelines")
                .forEach(pipelines::add);
        Optional<String> off = UnsortedCheck.off(wanted, account, pipelines);
        if (off.isPresent()) {
            wrong("Unsorted", off.get(), UnsortedCheck.CURE);
        } else {
            items.add(new CheckItem("Unsorted", "on", true));
        }
    }

    private void token() {
        AmocrmTokens tokens = link.tokens();
        Optional<Instant> ends = tokens.ends();
        if (ends.isEmpty()) {
            return;
        }
        String until = TIME.format(ends.get());
        if (!tokens.longLived()) {
            items.add(new CheckItem("Token", "until " + until + ", renewed by itself", true));
        } else if (ends.get().minus(SOON).isBefore(clock.instant())) {
            wrong(
                    "Long-lived token",
                    "until " + until,
                    "make a new one in the integration's settings before then");
        } else {
            items.add(new CheckItem("Long-lived token", "until " + until, true));
        }
    }

    private void contact() {
        link.lastContact()
                .ifPresent(at -> items.add(new CheckItem("Last contact", TIME.format(at), true)));
    }

    private void wrong(String name, String value, String cure) {
        items.add(new CheckItem(name, value, false));
        cures.add(cure);
    }
}
