package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.portal.Faults;
import org.trunkline.sandbox.portal.Ledger;
import org.trunkline.sandbox.portal.PortalClock;
import org.trunkline.sandbox.portal.SimulatedPortal;
import org.trunkline.sandbox.portal.Table;

/**
 * One simulated Bitrix24 portal: its rows and knobs. The monitor of the portal guards the rows;
 * methods run one at a time under it, what they cost in time is spent outside.
 */
final class Portal implements SimulatedPortal {
    private final String name;
    private final String address;
    private final PortalClock clock;
    private final Tokens tokens;
    private final Bucket bucket = new Bucket();
    private final OperatingTime operating = new OperatingTime();
    private final Faults faults = new Faults(new Random());
    private final Map<EntityKind, Table> entities = new EnumMap<>(EntityKind.class);
    private final Table users = BitrixRows.table();
    private final Table activities = BitrixRows.table();
    private final Table records = BitrixRows.table();
    private final Map<String, byte[]> recordFiles = new LatestFiles();
    private final Table transcripts = BitrixRows.table();
    private final Table lines = BitrixRows.table();
    private final Table notifications = BitrixRows.table();
    private final Table handlers = BitrixRows.table();
    private final Table offline = BitrixRows.table();
    private final Table webhooks = BitrixRows.table();
    private final Table placements = BitrixRows.table();
    private final OpenLines openLines = OpenLines.empty();
    private final Disk disk = Disk.empty();
    private final CallBook calls = new CallBook();
    private final Pipelines pipelines = new Pipelines();
    private final Set<String> exceptions = new LinkedHashSet<>();
    private final ArrayNode cards = Json.array();
    private final ObjectNode userFields = Json.object();
    private final Ledger ledger;
    private final String memberId;
    private final String applicationToken;

    private volatile CrmMode mode = CrmMode.SIMPLE;
    private volatile RestFault.ErrorStyle errorStyle = RestFault.ErrorStyle.LIVE;
    private volatile Duration requestLimit = Duration.ofSeconds(60);
    private volatile Optional<String> movedTo = Optional.empty();
    private volatile String scope = OauthEndpoint.SCOPE;
    private volatile boolean missedStaysOpen = true;
    private volatile boolean attachInBatch = true;
    private volatile boolean firewalled;
    private volatile Set<String> absent = Set.of();

    Portal(String name, String address, PortalClock clock) {
        this.name = name;
        this.address = address;
        this.clock = clock;
        this.tokens = new Tokens(name);
        this.ledger = new Ledger(clock);
        for (EntityKind kind : EntityKind.values()) {
            entities.put(kind, BitrixRows.table());
        }
        memberId = FreshPortal.hex(name, "member");
        applicationToken = FreshPortal.hex(name, "application");
        FreshPortal.fill(this);
    }

    String name() {
        return name;
    }

    /** The address a client is given: methods are below it at {@code /rest/}. */
    String address() {
        return address;
    }

    @Override
    public PortalClock clock() {
        return clock;
    }

    @Override
    public void expireTokens() {
        tokens.expireAll();
    }

    @Override
    public void revokeTokens() {
        tokens.revokeAll();
    }

    Tokens tokens() {
        return tokens;
    }

    Bucket bucket() {
        return bucket;
    }

    OperatingTime operating() {
        return operating;
    }

    @Override
    public Faults faults() {
        return faults;
    }

    Table entities(EntityKind kind) {
        return entities.get(kind);
    }

    Optional<ObjectNode> entity(EntityRef ref) {
        return entities(ref.kind()).get(ref.id());
    }

    Table users() {
        return users;
    }

    Table activities() {
        return activities;
    }

    Table records() {
        return records;
    }

    /** Contents of the latest recordings by file id, and of the disk's latest files. */
    Map<String, byte[]> recordFiles() {
        return recordFiles;
    }

    Table transcripts() {
        return transcripts;
    }

    Table lines() {
        return lines;
    }

    Table notifications() {
        return notifications;
    }

    /** Bound event handlers. */
    Table handlers() {
        return handlers;
    }

    /** Events that wait to be fetched. */
    Table offline() {
        return offline;
    }

    /** Inbound webhooks: USER_ID and CODE. */
    Table webhooks() {
        return webhooks;
    }

    /** What the application shows itself by inside the portal. */
    Table placements() {
        return placements;
    }

    OpenLines openLines() {
        return openLines;
    }

    Disk disk() {
        return disk;
    }

    CallBook calls() {
        return calls;
    }

    Pipelines pipelines() {
        return pipelines;
    }

    /** Normalised numbers for which nothing is created. */
    Set<String> exceptions() {
        return exceptions;
    }

    /** The portal's own fields: by kind of entity a list of code, label and type. */
    ObjectNode userFields() {
        return userFields;
    }

    ArrayNode cards() {
        return cards;
    }

    String memberId() {
        return memberId;
    }

    String applicationToken() {
        return applicationToken;
    }

    CrmMode mode() {
        return mode;
    }

    void mode(CrmMode mode) {
        this.mode = mode;
    }

    RestFault.ErrorStyle errorStyle() {
        return errorStyle;
    }

    void errorStyle(RestFault.ErrorStyle style) {
        errorStyle = style;
    }

    /** After this long the cloud cuts a request off, 60 s in reality. */
    Duration requestLimit() {
        return requestLimit;
    }

    void requestLimit(Duration limit) {
        requestLimit = limit;
    }

    /** The new address of a renamed portal: every request is redirected there. */
    Optional<String> movedTo() {
        return movedTo;
    }

    void movedTo(Optional<String> address) {
        movedTo = address;
    }

    /** What the application was allowed, separated by commas. */
    String scope() {
        return scope;
    }

    void scope(String allowed) {
        scope = allowed;
    }

    /** Whether missed incoming calls leave an activity to do (COMPLETED N), trap 5. */
    boolean missedStaysOpen() {
        return missedStaysOpen;
    }

    void missedStaysOpen(boolean open) {
        missedStaysOpen = open;
    }

    /** The documents forbid file methods in a batch, portals take them: a switch. */
    boolean attachInBatch() {
        return attachInBatch;
    }

    void attachInBatch(boolean allowed) {
        attachInBatch = allowed;
    }

    /** Behind a wall that lets requests in and no event out, as boxes are. */
    boolean firewalled() {
        return firewalled;
    }

    void firewalled(boolean walled) {
        firewalled = walled;
    }

    /** Methods, in lower case, that this portal's modules are too old for. */
    Set<String> absent() {
        return absent;
    }

    void absent(Set<String> methods) {
        absent = Set.copyOf(methods);
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }
}
