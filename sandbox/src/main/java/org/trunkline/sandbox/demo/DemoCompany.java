package org.trunkline.sandbox.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.trunkline.sandbox.http.Json;

/** The provisioning document of the demo's company. */
final class DemoCompany {
    static final String ID = "demo";
    static final String PBX = "office";
    private static final String[][] EMPLOYEES = {
        {"201", "Ivan Petrov", "7"}, {"202", "Olga Sidorova", "8"}, {"203", "Petr Ivanov", "9"}
    };

    private DemoCompany() {}

    /**
     * @param pbx host, port, username and secret of the replayed PBX
     * @param portal what {@code _install} answered
     */
    static ObjectNode document(JsonNode pbx, JsonNode portal, Path recordings) {
        ObjectNode out = Json.object().put("name", "Demo").put("region", "RU");
        ObjectNode account = out.putArray("pbx").addObject();
        account.put("id", PBX)
                .put("kind", "asterisk")
                .put("host", pbx.path("host").asText())
                .put("port", pbx.path("port").asInt())
                .put("tls", false)
                .put("username", pbx.path("username").asText())
                .put("secret", pbx.path("secret").asText());
        lines(account.putArray("lines"));
        ArrayNode employees = account.putArray("employees");
        for (String[] employee : EMPLOYEES) {
            employees
                    .addObject()
                    .put("id", employee[0])
                    .put("extension", employee[0])
                    .put("name", employee[1]);
        }
        ObjectNode asterisk = account.putObject("asterisk");
        asterisk.putArray("trunkContexts").add("from-trunk");
        asterisk.putArray("internalContexts").add("internal");
        asterisk.put("originateContext", "all_peers");
        asterisk.putObject("recordings").put("directory", recordings.toString());
        ObjectNode crm = out.putArray("portals").addObject();
        crm.put("id", "main").put("kind", "bitrix24").put("name", "Sandbox portal");
        crm.put("address", portal.path("address").asText()).put("main", true);
        crm.set("auth", portal.path("auth").deepCopy());
        ObjectNode integration = out.putArray("integrations").addObject();
        integration.put("id", "office-main").put("pbx", PBX).put("portal", "main");
        integration.put("preset", "mikopbx-bitrix24");
        ArrayNode mapping = integration.putArray("mapping");
        for (String[] employee : EMPLOYEES) {
            mapping.addObject().put("employee", employee[0]).put("user", employee[2]);
        }
        integration.putObject("settings");
        return out;
    }

    /** One direct number; the others lead to several employees. */
    private static void lines(ArrayNode lines) {
        lines.addObject()
                .put("number", "+74951000001")
                .put("kind", "direct")
                .put("employee", "201");
        for (String tail : new String[] {"2", "3", "4", "5", "6", "11"}) {
            lines.addObject()
                    .put("number", "+7495" + String.format("10000%02d", Integer.parseInt(tail)))
                    .put("kind", "multichannel")
                    .put("main", tail.equals("2"));
        }
    }
}
