package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A company with a simulated portal and a PBX that replays captures, both in the sandbox. */
final class PlayedCompany {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[][] EMPLOYEES = {
        {"201", "Ivan Petrov", "7"}, {"202", "Olga Sidorova", "8"}, {"203", "Petr Ivanov", "9"}
    };
    private static final List<String> SECRETS =
            List.of("clientSecret", "accessToken", "refreshToken", "applicationToken");
    private static final String[] LINES = {
        "+74951000002",
        "+74951000003",
        "+74951000004",
        "+74951000005",
        "+74951000006",
        "+74951000011"
    };

    private final String id;
    private final String preset;
    private final JsonNode settings;
    private final Http sandbox;
    private final Path recordings;
    private final Set<String> secrets = new HashSet<>();

    private PlayedCompany(
            String id, String preset, JsonNode settings, Http sandbox, Path recordings) {
        this.id = id;
        this.preset = preset;
        this.settings = settings;
        this.sandbox = sandbox;
        this.recordings = recordings;
    }

    /** Portal, PBX and the hub's document; returns when the hub is connected to the PBX. */
    static PlayedCompany provisioned(
            String id, String preset, Hub hub, Sandbox sandbox, Path recordings) {
        return provisioned(id, preset, "{}", hub, sandbox, recordings);
    }

    /**
     * Likewise.
     *
     * @param settings over the preset
     */
    static PlayedCompany provisioned(
            String id, String preset, String settings, Hub hub, Sandbox sandbox, Path recordings) {
        PlayedCompany company =
                new PlayedCompany(id, preset, Http.parse(settings), sandbox.http(), recordings);
        company.post(
                company.pbx("/_start"),
                JSON.createObjectNode()
                        .put("port", 0)
                        .put("username", "crm")
                        .put("secret", company.amiSecret())
                        .put("recordings", recordings.toString()));
        company.install(hub);
        company.awaitConnected(hub);
        return company;
    }

    /** Gives the hub the document with fresh tokens, as whoever installs the application again. */
    void install(Hub hub) {
        JsonNode portal = post(portal("_install"), JSON.createObjectNode());
        String document = document(sandbox.json(pbx("")), portal, preset).toString();
        accepted(hub.admin().put("/api/v1/companies/" + id, document));
        SECRETS.stream()
                .flatMap(name -> Stream.ofNullable(portal.path("auth").get(name)))
                .forEach(secret -> secrets.add(secret.asText()));
        secrets.add(amiSecret());
        secrets.add(requestSecret());
        secrets.add(questionSecret());
    }

    /** What was given to the hub to be kept secret. */
    Set<String> secrets() {
        return Set.copyOf(secrets);
    }

    /** With which the company's site proves itself. */
    String requestSecret() {
        return "requests-of-the-site-" + id;
    }

    private String amiSecret() {
        return "replayed-" + id;
    }

    /** What the PBX asks with whom a call should ring. */
    String questionSecret() {
        return AmiPlayback.askedWith(id);
    }

    /** Cuts the PBX's connections, and refuses new ones for some seconds. */
    void cut(double seconds) {
        accepted(
                sandbox.post(pbx("/_faults"), "{\"kind\":\"cut\",\"forSeconds\":" + seconds + "}"));
    }

    /** Whether somebody is logged in to the PBX. */
    boolean heard() {
        for (JsonNode session : sandbox.json(pbx("")).path("sessions")) {
            if (!session.path("user").asText().isEmpty()) {
                return true;
            }
        }
        return false;
    }

    String id() {
        return id;
    }

    void awaitConnected(Hub hub) {
        Awaitility.await("PBX of " + id + " connected")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> connected(hub.admin().json("/health")));
    }

    /**
     * @param speed 1 = as recorded
     * @param client a number that no other call has
     */
    PlayedCall play(CallKind kind, String client, double speed) {
        Instant from = Instant.now();
        JsonNode played =
                post(
                        pbx("/_play"),
                        JSON.createObjectNode()
                                .put("capture", kind.capture())
                                .put("speed", speed)
                                .put("client", client));
        Set<String> ids = new HashSet<>();
        played.path("uniqueids").forEach(call -> ids.add(call.asText()));
        Duration length = Duration.ofMillis((long) (played.path("seconds").asDouble() * 1000));
        return new PlayedCall(kind, id, client, Set.copyOf(ids), from, Instant.now().plus(length));
    }

    boolean silent() {
        return sandbox.json(pbx("")).path("playing").isEmpty();
    }

    /** As {@code _faults} of the sandbox takes it. */
    void fault(String json) {
        accepted(sandbox.post(portal("_faults"), json));
    }

    void clearFaults() {
        accepted(sandbox.delete(portal("_faults")));
    }

    /** Parts of the portal's state to be replaced. */
    void put(String json) {
        accepted(sandbox.put(portal("_state"), json));
    }

    JsonNode state() {
        return sandbox.json(portal("_state"));
    }

    /**
     * What the portal holds.
     *
     * @param state of the portal
     * @param recordingHashes SHA-256 of the files that the PBX wrote
     */
    PortalSide side(JsonNode state, Set<String> recordingHashes) {
        return crm().equals("amocrm") ? new AmoSide(state) : new BitrixSide(state, recordingHashes);
    }

    private boolean connected(JsonNode health) {
        for (JsonNode pbx : health.path("pbx")) {
            if (pbx.path("company").asText().equals(id)) {
                return pbx.path("state").asText().equals("connected");
            }
        }
        return false;
    }

    private String pbx(String what) {
        return "/sandbox/ami/" + id + what;
    }

    private String portal(String what) {
        return "/sandbox/" + crm() + "/" + id + "/" + what;
    }

    /** The vendor, whom the preset names. */
    private String crm() {
        return preset.endsWith("-amocrm") ? "amocrm" : "bitrix24";
    }

    private JsonNode post(String path, ObjectNode document) {
        return Http.parse(accepted(sandbox.post(path, document.toString())).body());
    }

    private static HttpResponse<String> accepted(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    response.uri() + " answered " + response.statusCode() + response.body());
        }
        return response;
    }

    private ObjectNode document(JsonNode pbx, JsonNode portal, String preset) {
        ObjectNode out = JSON.createObjectNode().put("name", id).put("region", "RU");
        ObjectNode account = out.putArray("pbx").addObject();
        account.put("id", "office").put("kind", "asterisk").put("tls", false);
        account.put("host", pbx.path("host").asText()).put("port", pbx.path("port").asInt());
        account.put("username", pbx.path("username").asText());
        account.put("secret", pbx.path("secret").asText());
        account.put("webhookSecret", questionSecret());
        ArrayNode lines = account.putArray("lines");
        lines.addObject()
                .put("number", "+74951000001")
                .put("kind", "direct")
                .put("employee", "201");
        for (String line : LINES) {
            boolean main = line.equals(LINES[0]);
            lines.addObject().put("number", line).put("kind", "multichannel").put("main", main);
        }
        ObjectNode asterisk = account.putObject("asterisk");
        asterisk.putArray("trunkContexts").add("from-trunk");
        asterisk.putArray("internalContexts").add("internal");
        asterisk.putObject("recordings").put("directory", recordings.toString());
        ObjectNode crm = out.putArray("portals").addObject();
        crm.put("id", "main").put("kind", crm()).put("name", id).put("main", true);
        crm.put("address", portal.path("address").asText()).set("auth", portal.path("auth"));
        ((ObjectNode) crm.path("auth")).put("requestSecret", requestSecret());
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
}
