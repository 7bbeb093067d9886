package org.trunkline.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.trunkline.bench.process.JsonHttp;
import org.trunkline.model.CrmKind;

/**
 * A PBX and a portal in the sandbox that belong together.
 *
 * @param id of the PBX, of the portal and of the company in the hub
 */
public record Feed(String id, CrmKind crm, JsonNode pbx, JsonNode portal) {
    private static final String[][] EMPLOYEES = {
        {"201", "Ivan Petrov", "7"}, {"202", "Olga Sidorova", "8"}, {"203", "Petr Ivanov", "9"}
    };

    /** Portals of Bitrix24. The cost model of a fresh portal is on, factor 1. */
    public static List<Feed> install(JsonHttp sandbox, String prefix, int count)
            throws IOException, InterruptedException {
        List<Feed> feeds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String id = String.format(Locale.ROOT, "%s%02d", prefix, i);
            feeds.add(install(sandbox, id, CrmKind.BITRIX24, Optional.empty()));
        }
        return feeds;
    }

    /**
     * Likewise, one.
     *
     * @param recordings folder where the PBX writes recordings
     */
    public static Feed install(JsonHttp sandbox, String id, CrmKind crm, Optional<Path> recordings)
            throws IOException, InterruptedException {
        ObjectNode start =
                object().put("port", 0).put("username", "crm").put("secret", "secret-" + id);
        recordings.ifPresent(folder -> start.put("recordings", folder.toString()));
        JsonNode pbx = sandbox.send("POST", "/sandbox/ami/" + id + "/_start", start);
        JsonNode portal = sandbox.send("POST", path(crm, id) + "/_install", object());
        return new Feed(id, crm, pbx, portal);
    }

    private static String path(CrmKind crm, String id) {
        return "/sandbox/" + Crm.name(crm) + "/" + id;
    }

    /** Of the portal in the sandbox. */
    public String portalPath() {
        return path(crm, id);
    }

    /** Plays a recorded call; does not wait for the answer. */
    CompletableFuture<HttpResponse<String>> play(
            JsonHttp sandbox, String capture, String client, double speed) {
        ObjectNode call = object().put("capture", capture).put("client", "+" + client);
        return sandbox.post("/sandbox/ami/" + id + "/_play", call.put("speed", speed));
    }

    /**
     * The company as the hub takes it. Every recorded call rings 201 to 203, so they talk in
     * several calls at once; {@code popup.audience} is {@code ringing}, for {@code ringAll} would
     * keep their cards back (rule T8).
     */
    public ObjectNode document() {
        ObjectNode settings = object();
        settings.putObject("popup").put("audience", "ringing");
        return document("mikopbx-bitrix24", settings);
    }

    /** The company with other rules. */
    public ObjectNode document(String preset, ObjectNode settings) {
        ObjectNode out = object().put("name", id).put("region", "RU");
        ObjectNode account = out.putArray("pbx").addObject();
        account.put("id", "office").put("kind", "asterisk").put("tls", false);
        account.set("host", pbx.path("host"));
        account.set("port", pbx.path("port"));
        account.set("username", pbx.path("username"));
        account.set("secret", pbx.path("secret"));
        ArrayNode lines = account.putArray("lines");
        lines.addObject()
                .put("number", "+74951000001")
                .put("kind", "direct")
                .put("employee", "201");
        lines.addObject()
                .put("number", "+74951000002")
                .put("kind", "multichannel")
                .put("main", true);
        ObjectNode asterisk = account.putObject("asterisk");
        asterisk.putArray("trunkContexts").add("from-trunk");
        asterisk.putArray("internalContexts").add("internal");
        if (pbx.hasNonNull("recordings")) {
            asterisk.putObject("recordings").set("directory", pbx.get("recordings"));
        }
        ObjectNode main = out.putArray("portals").addObject();
        main.put("id", "main").put("kind", Crm.name(crm)).put("name", id).put("main", true);
        main.set("address", portal.path("address"));
        main.set("auth", portal.path("auth"));
        ObjectNode integration = out.putArray("integrations").addObject();
        integration.put("id", "office-main").put("pbx", "office").put("portal", "main");
        integration.put("preset", preset).set("settings", settings);
        ArrayNode mapping = integration.putArray("mapping");
        ArrayNode employees = account.putArray("employees");
        for (String[] one : EMPLOYEES) {
            employees.addObject().put("id", one[0]).put("extension", one[0]).put("name", one[1]);
            mapping.addObject().put("employee", one[0]).put("user", one[2]);
        }
        return out;
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
