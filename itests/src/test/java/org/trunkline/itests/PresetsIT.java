package org.trunkline.itests;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Each preset as it is shipped: one scenario a rule, from the PBX's own events to the decision and
 * to the CRM's records. All on one hub, a company each.
 */
@ExtendWith(LogsOnFailure.class)
class PresetsIT {

    /** Where links to recordings lead; nobody answers there. */
    static final String PUBLIC = "https://hub.example.com";

    @AutoClose static Hub hub;
    @AutoClose static Sandbox sandbox;

    @BeforeAll
    static void start() {
        hub = Hub.start(Map.of("TRUNKLINE_PUBLIC_URL", PUBLIC));
        sandbox = Sandbox.start(hub);
    }

    @Nested
    class T2WithAmocrm extends T2AmocrmScenarios {}

    @Nested
    class MangoWithAmocrm extends MangoAmocrmScenarios {}

    @Nested
    class AsteriskWithAmocrm extends AsteriskAmocrmScenarios {}

    @Nested
    class T2WithBitrix24 extends T2Bitrix24Scenarios {}

    @Nested
    class MikopbxWithBitrix24 extends MikopbxBitrix24Scenarios {}

    @Nested
    class UisWithBitrix24 extends UisBitrix24Scenarios {}
}
