package org.trunkline.crm.amocrm.internal;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.annotation.Annotation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.GivenLeases;
import org.trunkline.crm.connector.MemorySteps;
import org.trunkline.crm.connector.SimulatedPortal;
import org.trunkline.crm.connector.portal.HubAddresses;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Client;
import org.trunkline.model.CrmConnector.Wanted;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Decision;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.model.Notice;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.StepLog;
import org.trunkline.model.WantedEntities;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.sandbox.Sandbox;
import org.trunkline.store.internal.OpenStore;

/** A connector and a fresh simulated account for each test. */
abstract class AgainstAccount {

    static final String CALL = "0123456789abcdef01234567";
    static final String NUMBER = "+79161234567";
    static final PhoneNumber CLIENT = new PhoneNumber(NUMBER, NUMBER);

    private static final AtomicInteger ACCOUNTS = new AtomicInteger();
    private static final long LONG_AGO = Duration.ofSeconds(5).toNanos();

    private static Sandbox sandbox;

    @TempDir Path folder;
    final GivenLeases leases = new GivenLeases();
    final MemorySteps steps = new MemorySteps();
    SimulatedPortal account;
    OpenStore store;
    AmocrmConnector connector;

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start("127.0.0.1", 0);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void connect() throws Exception {
        account =
                new SimulatedPortal(
                        sandbox.address(), CrmKind.AMOCRM, "acme" + ACCOUNTS.incrementAndGet());
        store = new OpenStore(folder);
        connector =
                new AmocrmConnector(
                        RoutesContext.standalone("amocrm"),
                        account.companies,
                        leases,
                        store.book,
                        store.notes,
                        new DefaultConfig(),
                        new HubAddresses(Optional.of("https://hub.example.com"), AmocrmHttp.PREFIX),
                        Clock.systemUTC(),
                        System.nanoTime() - LONG_AGO);
    }

    @AfterEach
    void close() {
        connector.stop();
        store.close();
    }

    /** The configuration without a cfg file, but for phone books, which are off. */
    private static final class DefaultConfig implements AmocrmConfig {

        @Override
        public int pace() {
            return 5;
        }

        @Override
        public String synchronise_every() {
            return "PT0S";
        }

        @Override
        public String book_catch_up() {
            return "PT0S";
        }

        @Override
        public String book_again() {
            return "PT0S";
        }

        @Override
        public Class<? extends Annotation> annotationType() {
            return AmocrmConfig.class;
        }
    }

    /** A call that began just now, where the hub makes the entities. */
    static CallRecords inbound() {
        return CallRecords.inbound().byHub().startedAt(Instant.now());
    }

    static CallRecords outbound() {
        return CallRecords.outbound().byHub().startedAt(Instant.now());
    }

    static Decision decision(
            Optional<WantedEntities> entities, List<Notice> notices, CallRecords... records) {
        List<CallRecord> wanted = Arrays.stream(records).map(CallRecords::get).toList();
        return new Decision(
                wanted, entities, notices, Optional.empty(), Optional.empty(), List.of());
    }

    void bring(String call, StepLog log, Client client, Decision decision) {
        bring(call, log, client, NUMBER, decision);
    }

    void bring(String call, StepLog log, Client client, String number, Decision decision) {
        Wanted wanted = CallRecords.wanted(decision, client, number);
        connector.bring(account.portal, "acme", call, wanted, log);
    }

    void bring(Client client, CallRecords... records) {
        bring(CALL, steps, client, decision(Optional.empty(), List.of(), records));
    }

    void make(Optional<WantedEntities> entities, Client client, CallRecords... records) {
        bring(CALL, steps, client, decision(entities, List.of(), records));
    }

    /** As delivery does it: again after each fault that waiting helps. */
    static void deliver(Runnable bring) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            try {
                                bring.run();
                                return true;
                            } catch (Fault.Retryable again) {
                                return false;
                            }
                        });
    }

    /** The account does it, but its reply does not come. */
    void replyLost(Runnable bring) {
        account.fault("{\"kind\":\"lostReply\"}");
        assertThatThrownBy(bring::run).isInstanceOf(Fault.Retryable.class);
        account.heal();
    }

    Client found() {
        return connector.find(account.portal, "acme", CLIENT, true);
    }

    // ---- what the account holds
    // ------------------------------------------------------------------

    static final long PIPELINE = 3_383_152L;
    static final long SECOND_PIPELINE = 3_383_155L;

    /** The first working stages of both. */
    static final long FIRST_STAGE = 33_929_749L;

    static final long SECOND_FIRST_STAGE = 33_929_849L;

    /** The account knows a contact with this number from now on, and his deals. */
    void knows(String number, long... stages) {
        ObjectNode state = Json.MAPPER.createObjectNode();
        ObjectNode contact = state.putArray("contacts").addObject();
        contact.put("id", 501).put("name", "Anna Client").put("responsible_user_id", 8);
        ObjectNode phone = contact.putArray("custom_fields_values").addObject();
        phone.put("field_code", "PHONE")
                .putArray("values")
                .addObject()
                .put("value", number)
                .put("enum_code", "WORK");
        var leads = state.putArray("leads");
        var links = contact.putObject("_embedded").putArray("leads");
        for (int i = 0; i < stages.length; i++) {
            links.addObject().put("id", 701 + i);
            leads.addObject()
                    .put("id", 701 + i)
                    .put("name", "Deal " + i)
                    .put("responsible_user_id", 9)
                    .put("pipeline_id", PIPELINE)
                    .put("status_id", stages[i])
                    .putObject("_embedded")
                    .putArray("contacts")
                    .addObject()
                    .put("id", 501);
        }
        account.put(state.toString());
    }

    List<JsonNode> notes(String type) {
        return account.list("notes").stream()
                .filter(note -> note.path("note_type").asText().equals(type))
                .toList();
    }

    /** Methods and paths of the requests so far, without queries. */
    List<String> requests() {
        return account.list("ledger").stream().map(entry -> entry.path("method").asText()).toList();
    }
}
