package org.trunkline.crm.connector.directory;

import com.fasterxml.jackson.databind.JsonNode;
import org.trunkline.model.Fault;

/** What came of one question to a portal. */
public sealed interface Told {

    /** What the portal gave. */
    record Given(JsonNode value) implements Told {}

    /**
     * It said no, or nothing that can be read.
     *
     * @param noRight whoever authorised the hub may not ask for this
     */
    record Refused(Fault why, boolean noRight) implements Told {

        public Refused(Fault why) {
            this(why, false);
        }
    }

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
