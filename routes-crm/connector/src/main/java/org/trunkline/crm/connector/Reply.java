package org.trunkline.crm.connector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;

/** What came of one HTTP request. */
public sealed interface Reply {

    /**
     * A whole reply.
     *
     * @param location of a redirect
     */
    record Arrived(int status, byte[] body, Optional<String> location) implements Reply {

        public boolean redirect() {
            return status >= 300 && status < 400 && location.isPresent();
        }

        /** The JSON object; missing if it is none, as with an error page or half a body. */
        public JsonNode json() {
            try {
                JsonNode read = Json.MAPPER.readTree(body);
                return read != null && read.isObject() ? read : MissingNode.getInstance();
            } catch (JsonProcessingException notJson) {
                return MissingNode.getInstance();
            } catch (IOException arraysDoNotFail) {
                throw new IllegalStateException(arraysDoNotFail);
            }
        }
    }

    /**
     * The request surely did not get there.
     *
     * @param cure empty where waiting is all
     */
    record Unreached(String reason, String cure) implements Reply {}

    /** It may have got there. */
    record Lost(String reason) implements Reply {}

    /**
     * The reply that a question needs.
     *
     * @param what can't be done without it, such as {@code tokens cannot be renewed}
     * @throws Fault.Retryable if none arrived
     */
    default Arrived arrived(String what) {
        if (this instanceof Arrived arrived) {
            return arrived;
        }
        String why =
                this instanceof Unreached unreached ? unreached.reason() : ((Lost) this).reason();
        throw new Fault.Retryable(what + ": " + why, Duration.ofSeconds(5));
    }
}
