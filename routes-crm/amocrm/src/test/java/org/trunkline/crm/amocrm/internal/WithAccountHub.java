package org.trunkline.crm.amocrm.internal;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.sandbox.Sandbox;

/** A hub and a fresh simulated account for each test. */
abstract class WithAccountHub {

    private static final AtomicInteger ACCOUNTS = new AtomicInteger();
    private static Sandbox sandbox;

    @TempDir Path folder;
    AccountHub hub;

    @BeforeAll
    static void startSandbox() throws Exception {
        sandbox = Sandbox.start("127.0.0.1", 0);
    }

    @AfterAll
    static void stopSandbox() {
        sandbox.close();
    }

    @BeforeEach
    void openHub() throws Exception {
        hub = new AccountHub(folder, sandbox.address(), "firm" + ACCOUNTS.incrementAndGet());
    }

    @AfterEach
    void closeHub() {
        hub.close();
    }
}
