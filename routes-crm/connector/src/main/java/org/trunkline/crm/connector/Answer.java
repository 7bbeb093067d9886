package org.trunkline.crm.connector;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.trunkline.model.Fault;

/** What became of one command that was sent. */
public sealed interface Answer {

    /**
     * What it gave, for questions that change nothing.
     *
     * @throws Fault if the portal said no or nothing
     */
    default JsonNode value() {
        if (this instanceof Refused no) {
            throw no.refusal().fault();
        }
        if (this instanceof Lost lost) {
            throw new Fault.Retryable(lost.why(), Duration.ofSeconds(1));
        }
        return ((Result) this).value();
    }

    /** It was done. */
    record Result(JsonNode value) implements Answer {}

    /** The portal said no. */
    record Refused(Refusal refusal) implements Answer {}

    /** It went out, but whether it was done is not known. */
    record Lost(String why) implements Answer {}
}
