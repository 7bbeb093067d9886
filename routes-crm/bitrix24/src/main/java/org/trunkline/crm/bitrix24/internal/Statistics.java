package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.trunkline.crm.connector.Courier;

/** Asks the portal's call statistics what became of a request whose reply was lost. */
record Statistics(Courier<Parcel> courier) {

    /**
     * @param field {@code CALL_ID} or {@code EXTERNAL_CALL_ID}
     * @return its row; empty: there is no such finished call, for it stands here from its finish on
     * @throws Fault if the portal cannot be asked
     */
    Optional<JsonNode> find(String field, String id) {
        JsonNode rows = Deeds.ask(courier, Requests.statistics(field, id)).get(0);
        for (JsonNode row : rows) {
            // An old portal that does not know the filter gives rows of other calls.
            if (row.path(field).asText().equals(id)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }
}
