package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;

/** A company whose PBX is a real Asterisk. The CRM user's id is the employee's extension. */
final class LiveCompany {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String ID = "live";

    private final Hub hub;
    private final Sandbox sandbox;

    private LiveCompany(Hub hub, Sandbox sandbox) {
        this.hub = hub;
        this.sandbox = sandbox;
    }

    /** A hub whose portals are on the Enterprise plan: so many calls at once need it. */
    static Hub hub(Path data) throws IOException {
        Path etc = Files.createDirectories(data.resolve("etc"));
        String name = "org.trunkline.bitrix24.cfg";
        String settings = Files.readString(Checkout.root().resolve("config").resolve(name));
        Files.writeString(
                etc.resolve(name),
                settings.replaceFirst("bucket.size = \\d+", "bucket.size = 250")
                        .replaceFirst("bucket.leak = \\d+", "bucket.leak = 5"));
        return Hub.start(data);
    }

    /** Returns when the hub is connected to the PBX. */
    static LiveCompany provisioned(
            Hub hub,
            Sandbox sandbox,
            LiveAsterisk asterisk,
            List<String> extensions,
            Set<String> lines) {
        return provisioned(hub, sandbox, asterisk, extensions, lines, "{}");
    }

    /**
     * Likewise.
     *
     * @param settings over the preset
     */
    static LiveCompany provisioned(
            Hub hub,
            Sandbox sandbox,
            LiveAsterisk asterisk,
            List<String> extensions,
            Set<String> lines,
            String settings) {
        LiveCompany company = new LiveCompany(hub, sandbox);
        JsonNode portal =
                Http.parse(accepted(sandbox.http().post(portal("_install"), "{}")).body());
        ObjectNode state = JSON.createObjectNode();
        state.putObject("clock").put("factor", 0.05);
        state.putObject("bucket").put("enabled", true).put("limit", 250).put("leakPerSecond", 5);
        ArrayNode users = state.putArray("users");
        extensions.forEach(extension -> user(users.addObject(), extension));
        users.addObject().put("ID", "1").put("ACTIVE", true).put("NAME", "Admin");
        accepted(sandbox.http().put(portal("_state"), state.toString()));
        ObjectNode document = document(portal, asterisk, extensions, lines);
        ((ObjectNode) document.at("/integrations/0")).set("settings", Http.parse(settings));
        accepted(hub.admin().put("/api/v1/companies/" + ID, document.toString()));
        company.awaitConnected();
        return company;
    }

    void awaitConnected() {
        Awaitility.await("the hub is connected to Asterisk")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> state().equals("connected"));
    }

    /** Of the hub's line to Asterisk: connected, connecting, refused. */
    String state() {
        return hub.admin().json("/health").path("pbx").path(0).path("state").asText();
    }

    List<JsonNode> calls() {
        List<JsonNode> out = new ArrayList<>();
        hub.admin()
                .json("/api/v1/companies/" + ID + "/calls?limit=500")
                .path("items")
                .forEach(out::add);
        return out;
    }

    /** An event of the portal, told to the hub; what the portal says it told. */
    JsonNode tells(String event, String data) {
        String handler = hub.address() + "/crm/bitrix24/" + ID + "/main/event";
        String told =
                "{\"event\":\"%s\",\"data\":%s,\"handler\":\"%s\"}".formatted(event, data, handler);
        JsonNode sent = Http.parse(accepted(sandbox.http().post(portal("_event"), told)).body());
        if (sent.at("/sent/0/status").asInt() != 200) {
            throw new IllegalStateException("the hub did not take " + sent);
        }
        return sent;
    }

    JsonNode portal() {
        return sandbox.state("bitrix24", ID);
    }

    private static String portal(String what) {
        return "/sandbox/bitrix24/" + ID + "/" + what;
    }

    private static void user(ObjectNode user, String extension) {
        user.put("ID", extension).put("ACTIVE", true).put("UF_PHONE_INNER", extension);
        user.put("NAME", "Employee").put("LAST_NAME", extension).put("USER_TYPE", "employee");
    }

    private static ObjectNode document(
            JsonNode portal, LiveAsterisk asterisk, List<String> extensions, Set<String> lines) {
        ObjectNode out = JSON.createObjectNode().put("name", "Live").put("region", "RU");
        ObjectNode pbx = out.putArray("pbx").addObject();
        pbx.put("id", "office").put("kind", "asterisk").put("tls", false);
        pbx.put("host", "127.0.0.1").put("port", asterisk.ami());
        pbx.put("username", LiveAsterisk.MANAGER).put("secret", LiveAsterisk.SECRET);
        pbx.put("webhookSecret", LiveAsterisk.WEBHOOK_SECRET);
        ArrayNode numbers = pbx.putArray("lines");
        lines.forEach(line -> line(numbers.addObject(), line));
        ObjectNode settings = pbx.putObject("asterisk");
        settings.putArray("trunkContexts").add("from-trunk");
        settings.putArray("internalContexts").add("internal");
        settings.put("originateContext", "click");
        settings.putObject("recordings").put("directory", asterisk.recordings().toString());
        ObjectNode crm = out.putArray("portals").addObject();
        crm.put("id", "main").put("kind", "bitrix24").put("name", "Live").put("main", true);
        crm.put("address", portal.path("address").asText()).set("auth", portal.path("auth"));
        ObjectNode integration = out.putArray("integrations").addObject();
        integration.put("id", "office-main").put("pbx", "office").put("portal", "main");
        integration.put("preset", "mikopbx-bitrix24").putObject("settings");
        ArrayNode mapping = integration.putArray("mapping");
        ArrayNode employees = pbx.putArray("employees");
        for (String extension : extensions) {
            ObjectNode employee = employees.addObject().put("id", extension);
            employee.put("extension", extension).put("name", "Employee " + extension);
            mapping.addObject().put("employee", extension).put("user", extension);
        }
        return out;
    }

    /** The numbers that lead to one phone are that employee's own. */
    private static void line(ObjectNode line, String number) {
        line.put("number", "+" + number);
        if (number.startsWith("74950001")) {
            line.put("kind", "direct").put("employee", number.substring(8));
        } else {
            line.put("kind", "multichannel").put("main", number.equals("74950002211"));
        }
    }

    private static HttpResponse<String> accepted(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    response.uri() + " answered " + response.statusCode() + response.body());
        }
        return response;
    }
}
