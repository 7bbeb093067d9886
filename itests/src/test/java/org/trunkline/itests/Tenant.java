package org.trunkline.itests;

import java.util.List;

/**
 * A company to be: its name, its preset, and what stands over that.
 *
 * @param settings a JSON object
 */
record Tenant(String name, String preset, String settings) {

    static Tenant ofBitrix24(String name) {
        return new Tenant(name, "mikopbx-bitrix24", "{}");
    }

    /** What is written at the answer gets its duration soon after (I3). */
    static Tenant ofAmocrm(String name) {
        return new Tenant(name, "asterisk-amocrm", "{\"recordings\":{\"durationAfter\":\"PT2S\"}}");
    }

    static List<Tenant> twoOfBitrix24() {
        return List.of(ofBitrix24("north"), ofBitrix24("south"));
    }
}
