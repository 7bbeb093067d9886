package org.trunkline.crm.bitrix24.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.Fault;

/** Asks the portal's call statistics what became of a request whose reply was lost. */
record Statistics(Courier courier) {

    /** A finished call; it stands in the statistics only from its finish on. */
    record Row(String callId, String activityId) {}

    /**
     * @param field {@code CALL_ID} or {@code EXTERNAL_CALL_ID}
     * @return empty: there is no such finished call
     * @throws Fault if the portal cannot be asked
     */
    Optional<Row> find(String field, String id) {
        List<Answer> answers =
                courier.send(Parcel.of(Lane.BACKLOG, Requests.statistics(field, id)));
        for (JsonNode row : answers.get(0).value()) {
            // An old portal that does not know the filter gives rows of other calls.
            if (row.path(field).asText().equals(id)) {
                return Optional.of(
                        new Row(
                                row.path("CALL_ID").asText(),
                                row.path("CRM_ACTIVITY_ID").asText()));
            }
        }
        return Optional.empty();
    }
}
