package org.trunkline.crm.bitrix24.internal;

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
import org.junit.jupiter.api.TestInfo;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.GivenLeases;
import org.trunkline.crm.connector.MemorySteps;
import org.trunkline.crm.connector.SimulatedPortal;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Client;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Decision;
import org.trunkline.model.Fault;
import org.trunkline.model.RecordingPlace;
import org.trunkline.model.StepLog;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.sandbox.Sandbox;

/** A connector and a fresh simulated portal for each test. */
abstract class AgainstSandbox {

    static final String CALL = "0123456789abcdef01234567";

    private static final long HALF_A_BUCKET = 12_500_000_000L;

    final GivenLeases leases = new GivenLeases();
    private static final AtomicInteger PORTALS = new AtomicInteger();

    private static Sandbox sandbox;

    SimulatedPortal portal;
    Bitrix24Connector connector;
    final MemorySteps steps = new MemorySteps();
    RecordingPlace place = new RecordingPlace.Nowhere("not set");

    @BeforeAll
    static void start() throws Exception {
        sandbox = Sandbox.start("127.0.0.1", 0);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @BeforeEach
    void install(TestInfo test) {
        String name =
                test.getTestClass().get().getSimpleName()
                        + "-"
                        + test.getTestMethod().get().getName();
        portal =
                new SimulatedPortal(
                        sandbox.address(),
                        CrmKind.BITRIX24,
                        name.substring(0, Math.min(50, name.length()))
                                + "-"
                                + PORTALS.incrementAndGet());
        connector =
                new Bitrix24Connector(
                        RoutesContext.standalone("bitrix24"),
                        portal.companies,
                        leases,
                        new DefaultConfig(),
                        Clock.systemUTC(),
                        System.nanoTime() - HALF_A_BUCKET);
    }

    @AfterEach
    void close() {
        connector.stop();
    }

    static String sandboxAddress() {
        return sandbox.address();
    }

    /** A call that began just now. */
    static CallRecords inbound() {
        return CallRecords.inbound().startedAt(Instant.now());
    }

    void bring(CallRecords... records) {
        bring(CALL, steps, records);
    }

    void bring(String call, StepLog log, CallRecords... records) {
        List<CallRecord> wanted = Arrays.stream(records).map(CallRecords::get).toList();
        bring(call, log, Client.UNKNOWN, CallRecords.decision(wanted, Optional.empty()));
    }

    void bring(String call, StepLog log, Client client, Decision decision) {
        connector.bring(
                portal.portal, "acme", call, CallRecords.wanted(decision, client, place), log);
    }

    /** As delivery does it: again after each fault that waiting helps. */
    void deliver(CallRecords... records) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .until(
                        () -> {
                            try {
                                bring(records);
                                return true;
                            } catch (Fault.Retryable again) {
                                return false;
                            }
                        });
    }
}
