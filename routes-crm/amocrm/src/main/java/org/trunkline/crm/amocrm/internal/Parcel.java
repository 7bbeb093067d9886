package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.trunkline.crm.amocrm.internal.directory.Question;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.Json;

/** Items of one call for the same endpoint. */
record Parcel(Lane lane, Endpoint endpoint, List<ObjectNode> items)
        implements org.trunkline.crm.connector.Parcel {

    static Parcel of(Lane lane, Endpoint endpoint, ObjectNode item) {
        return new Parcel(lane, endpoint, List.of(item));
    }

    static Parcel of(Lane lane, Question question) {
        ObjectNode body =
                question.body()
                        .map(ObjectNode.class::cast)
                        .orElseGet(Json.MAPPER::createObjectNode);
        return of(
                lane,
                new Endpoint(question.method(), question.path(), Endpoint.Form.ALONE, ""),
                body);
    }

    /** A question has no item. */
    static Parcel question(Lane lane, String path) {
        return of(lane, Endpoint.question(path), Json.MAPPER.createObjectNode());
    }

    @Override
    public int size() {
        return items.size();
    }
}
