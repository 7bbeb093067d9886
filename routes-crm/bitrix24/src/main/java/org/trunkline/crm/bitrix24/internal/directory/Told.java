package org.trunkline.crm.bitrix24.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import org.trunkline.model.Fault;

/** What came of one {@link Question}. */
public sealed interface Told {

    /** What the portal gave. */
    record Given(JsonNode value) implements Told {}

    /** It said no, or nothing that can be read. */
    record Refused(Fault why) implements Told {}

    /**
     * What was given.
     *
     * @throws Fault why not
     */
    default JsonNode value() {
        if (this instanceof Refused refused) {
            throw refused.why();
        }
        return ((Given) this).value();
    }
}
