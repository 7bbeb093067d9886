package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.portal.Faults;
import org.trunkline.sandbox.portal.Ledger;
import org.trunkline.sandbox.portal.PortalClock;
import org.trunkline.sandbox.portal.SimulatedPortal;
import org.trunkline.sandbox.portal.Table;

/**
 * One simulated amoCRM account: its rows and knobs. The monitor of the portal guards the rows;
 * requests run one at a time under it, what they cost in time is spent outside.
 */
final class AmoPortal implements SimulatedPortal {
    private final String name;
    private final String address;
    private final PortalClock clock;
    private final AmoTokens tokens;
    private final Ledger ledger;
    private final Faults faults = new Faults(new Random());
    private final RateLimit rate = new RateLimit();
    private final Integration integration = new Integration();
    private final Map<EntityType, Table> entities = new EnumMap<>(EntityType.class);
    private final Map<EntityType, Table> fields = new EnumMap<>(EntityType.class);
    private final Table users = AmoRows.table(1);
    private final Table pipelines = AmoRows.table(3_383_152);
    private final Table notes = AmoRows.table(76_000_001);
    private final Table tasks = AmoRows.table(7_000_001);
    private final Table calls = AmoRows.table(1);
    private final Table webhooks = AmoRows.table(800_001);
    private final Unsorted unsorted = new Unsorted();
    private final Links links = new Links();
    private final WebhookQueue hooks;
    private final ArrayNode cards = Json.array();
    private final ObjectNode account = Json.object();

    AmoPortal(String name, String address, PortalClock clock) {
        this.name = name;
        this.address = address;
        this.clock = clock;
        this.tokens = new AmoTokens(address);
        this.ledger = new Ledger(clock);
        this.hooks = new WebhookQueue(this);
        long first = 9_000_001;
        for (EntityType type : EntityType.values()) {
            entities.put(type, AmoRows.entities(this, type, first));
            fields.put(type, AmoRows.table(66_001 + 1000L * type.number()));
            first += 1_000_000;
        }
        FreshAccount.fill(this);
    }

    String name() {
        return name;
    }

    /** What stands for {@code https://SUB.amocrm.ru}. */
    String address() {
        return address;
    }

    /** The address as {@code referer} names it, without the scheme. */
    String host() {
        return address.replaceFirst("^https?://", "");
    }

    @Override
    public PortalClock clock() {
        return clock;
    }

    @Override
    public Faults faults() {
        return faults;
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    public void expireTokens() {
        tokens.expireAll();
    }

    @Override
    public void revokeTokens() {
        tokens.revokeAll();
    }

    AmoTokens tokens() {
        return tokens;
    }

    RateLimit rate() {
        return rate;
    }

    Integration integration() {
        return integration;
    }

    Table entities(EntityType type) {
        return entities.get(type);
    }

    /** The custom fields of a kind of entity, PHONE and EMAIL among them. */
    Table fields(EntityType type) {
        return fields.get(type);
    }

    Table users() {
        return users;
    }

    /** Whoever gave consent to the integration. */
    String admin() {
        return account.path("current_user_id").asText();
    }

    /** Who gave the consent is one, even when a seed left him out. */
    boolean isAdmin(String user) {
        if (users.get(user).isEmpty()) {
            return user.equals(admin());
        }
        return users.get(user)
                .map(row -> row.path("rights"))
                .filter(rights -> rights.path("is_admin").asBoolean())
                .filter(rights -> rights.path("is_active").asBoolean())
                .isPresent();
    }

    Table pipelines() {
        return pipelines;
    }

    Table notes() {
        return notes;
    }

    Table tasks() {
        return tasks;
    }

    /** What POST /calls took, by the id of the note each became. */
    Table calls() {
        return calls;
    }

    Unsorted unsorted() {
        return unsorted;
    }

    /** Which entities belong to which. */
    Links links() {
        return links;
    }

    /** Subscriptions. */
    Table webhooks() {
        return webhooks;
    }

    WebhookQueue hooks() {
        return hooks;
    }

    /** Every popup that was asked for. */
    ArrayNode cards() {
        return cards;
    }

    ObjectNode account() {
        return account;
    }

    long accountId() {
        return account.path("id").asLong();
    }
}
