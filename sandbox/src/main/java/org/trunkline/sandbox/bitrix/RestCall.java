package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.trunkline.sandbox.http.Json;

/** One method call, single or out of a batch. Parameter names are taken in any letter case. */
record RestCall(Portal portal, String method, ObjectNode params, Caller caller) {

    String text(String name) {
        return Json.text(params, name).strip();
    }

    String text(String name, String otherwise) {
        String text = text(name);
        return text.isEmpty() ? otherwise : text;
    }

    Optional<JsonNode> param(String name) {
        return Json.member(params, name);
    }

    JsonNode object(String name) {
        return param(name).filter(JsonNode::isContainerNode).orElseGet(Json::object);
    }

    /** One value or a list of them. */
    List<String> texts(String name) {
        JsonNode value = param(name).orElseGet(Json::array);
        if (value.isValueNode()) {
            return value.asText().isBlank() ? List.of() : List.of(value.asText());
        }
        return StreamSupport.stream(value.spliterator(), false).map(JsonNode::asText).toList();
    }

    /** 1, Y and true are yes. */
    boolean flag(String name, boolean otherwise) {
        String text = text(name);
        return text.isEmpty()
                ? otherwise
                : text.equals("1") || text.equalsIgnoreCase("Y") || text.equalsIgnoreCase("true");
    }

    int number(String name, int otherwise) throws RestFault {
        String text = text(name);
        try {
            return text.isEmpty() ? otherwise : Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw RestFault.argument(name + " must be a number");
        }
    }
}
