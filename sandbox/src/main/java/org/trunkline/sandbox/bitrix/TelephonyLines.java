package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.trunkline.sandbox.http.Json;

/** {@code telephony.externalLine.*}: the application's outside lines. */
final class TelephonyLines {
    private TelephonyLines() {}

    static void add(MethodTable table) {
        table.addForApps("telephony.externalLine.add", TelephonyLines::addLine);
        table.addForApps("telephony.externalLine.update", TelephonyLines::update);
        table.addForApps("telephony.externalLine.get", TelephonyLines::get);
        table.addForApps("telephony.externalLine.delete", TelephonyLines::delete);
    }

    static Optional<ObjectNode> byNumber(Portal portal, String number) {
        return portal.lines().all().stream()
                .filter(line -> Json.text(line, "NUMBER").equals(number))
                .findFirst();
    }

    private static RestResult addLine(RestCall call) throws RestFault {
        String number = number(call);
        if (byNumber(call.portal(), number).isPresent()) {
            throw RestFault.core("Line already exists");
        }
        ObjectNode line =
                call.portal()
                        .lines()
                        .add(
                                Json.object()
                                        .put("NUMBER", number)
                                        .put("NAME", call.text("NAME"))
                                        .put(
                                                "CRM_AUTO_CREATE",
                                                call.flag("CRM_AUTO_CREATE", true) ? "Y" : "N"));
        return RestResult.of(Json.object().put("ID", line.get("ID").asLong()));
    }

    private static RestResult update(RestCall call) throws RestFault {
        ObjectNode line = required(call);
        boolean name = call.param("NAME").isPresent();
        boolean create = call.param("CRM_AUTO_CREATE").isPresent();
        if (!name && !create) {
            throw RestFault.core("There are no fields to update");
        }
        if (name) {
            line.put("NAME", call.text("NAME"));
        }
        if (create) {
            line.put("CRM_AUTO_CREATE", call.flag("CRM_AUTO_CREATE", true) ? "Y" : "N");
        }
        return RestResult.of(Json.object().put("ID", line.get("ID").asText()));
    }

    private static RestResult get(RestCall call) {
        ArrayNode out = Json.array();
        call.portal()
                .lines()
                .all()
                .forEach(
                        line ->
                                out.addObject()
                                        .put("NUMBER", Json.text(line, "NUMBER"))
                                        .put("NAME", Json.text(line, "NAME"))
                                        .put(
                                                "CRM_AUTO_CREATE",
                                                Json.text(line, "CRM_AUTO_CREATE")));
        return RestResult.of(out);
    }

    private static RestResult delete(RestCall call) throws RestFault {
        call.portal().lines().remove(required(call).get("ID").asText());
        return RestResult.of(Json.array());
    }

    private static ObjectNode required(RestCall call) throws RestFault {
        String number = number(call);
        return byNumber(call.portal(), number)
                .orElseThrow(() -> RestFault.core("Could not find line with number " + number));
    }

    private static String number(RestCall call) throws RestFault {
        String number = call.text("NUMBER");
        if (number.isEmpty()) {
            throw RestFault.core("NUMBER should not be empty");
        }
        return number;
    }
}
