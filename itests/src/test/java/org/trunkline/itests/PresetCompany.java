package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/**
 * A company that uses one preset as it is shipped. Employees 201 and 202 are the CRM users 7 and 8;
 * 203 and 204 are not mapped. +74951000001 is 201's own number, +74951000002 a multichannel one.
 */
final class PresetCompany {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger CLIENTS = new AtomicInteger(1_000);

    private final String preset;
    private final Hub hub;
    private final Sandbox sandbox;

    private PresetCompany(String preset, Hub hub, Sandbox sandbox) {
        this.preset = preset;
        this.hub = hub;
        this.sandbox = sandbox;
    }

    /** One choice with its reason. */
    record Part(String what, String value, String rule, String setting) {}

    /** The first choice of a kind. */
    static Part part(List<Part> decided, String what) {
        return decided.stream()
                .filter(p -> p.what().equals(what))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + what + " in " + decided));
    }

    static List<String> values(List<Part> decided, String what) {
        return decided.stream().filter(p -> p.what().equals(what)).map(Part::value).toList();
    }

    static void assertPart(List<Part> decided, String what, String value, String rule) {
        assertThat(decided)
                .filteredOn(p -> p.what().equals(what))
                .extracting(Part::value, Part::rule)
                .contains(tuple(value, rule));
    }

    static PresetCompany provisioned(String preset, Hub hub, Sandbox sandbox, NativePbx pbx) {
        PresetCompany company = new PresetCompany(preset, hub, sandbox);
        accepted(hub.admin().put(company.path(""), company.document(pbx).toString()));
        return company;
    }

    /** A number that no call had before. */
    static String client() {
        return "+7916555" + CLIENTS.incrementAndGet();
    }

    private boolean bitrix24() {
        return preset.endsWith("-bitrix24");
    }

    private String path(String what) {
        return "/api/v1/companies/" + preset + what;
    }

    private ObjectNode document(NativePbx pbx) {
        ObjectNode out = JSON.createObjectNode().put("name", preset).put("region", "RU");
        ObjectNode account = out.putArray("pbx").addObject().put("id", "office");
        pbx.describe(account);
        ArrayNode lines = account.putArray("lines");
        lines.addObject()
                .put("number", "+74951000001")
                .put("kind", "direct")
                .put("employee", "201");
        lines.addObject()
                .put("number", "+74951000002")
                .put("kind", "multichannel")
                .put("main", true);
        ArrayNode employees = account.putArray("employees");
        for (String id : List.of("201", "202", "203", "204")) {
            employees.addObject().put("id", id).put("extension", id).put("name", "Employee " + id);
        }
        ((ObjectNode) employees.get(1)).put("number", "+79160000202");
        ObjectNode portal = out.putArray("portals").addObject();
        portal.put("id", "main").put("main", true).put("name", preset);
        JsonNode installed = bitrix24() ? portal().install() : account().install();
        portal.put("kind", bitrix24() ? "bitrix24" : "amocrm");
        portal.put("address", installed.path("address").asText());
        portal.set("auth", installed.path("auth"));
        ObjectNode integration = out.putArray("integrations").addObject();
        integration.put("id", "i").put("pbx", "office").put("portal", "main").put("preset", preset);
        ObjectNode settings = integration.putObject("settings");
        if (preset.startsWith("uis-")) {
            // O9: both are mandatory there.
            settings.putObject("responsible")
                    .put("incomingDefault", "8")
                    .put("outgoingDefault", "8");
        }
        ArrayNode mapping = integration.putArray("mapping");
        mapping.addObject().put("employee", "201").put("user", "7");
        mapping.addObject().put("employee", "202").put("user", "8");
        return out;
    }

    void awaitConnected() {
        Awaitility.await("PBX of " + preset)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            for (JsonNode pbx : hub.admin().json("/health").path("pbx")) {
                                if (pbx.path("company").asText().equals(preset)) {
                                    return pbx.path("state").asText().equals("connected");
                                }
                            }
                            return false;
                        });
    }

    /** Settings over the preset, from now on. */
    void settings(String json) {
        accepted(hub.admin().put(path("/integrations/i/settings"), json.replace('\'', '"')));
    }

    /** The call of a client, once it is over. */
    JsonNode ended(String client) {
        return Awaitility.await("the call of " + client)
                .atMost(Duration.ofSeconds(60))
                .until(() -> call(client), call -> call.path("state").asText().equals("ended"));
    }

    private JsonNode call(String client) {
        for (JsonNode call : hub.admin().json(path("/calls?limit=500")).path("items")) {
            if (call.path("client").asText().equals(client)) {
                return hub.admin().json(path("/calls/" + call.path("id").asText()));
            }
        }
        return JSON.createObjectNode();
    }

    /** How far the call of a client is. */
    String state(String client) {
        return call(client).path("state").asText();
    }

    /** The words of a client's talk, once the PBX gave them. */
    String words(String client) {
        return Awaitility.await("the words of " + client)
                .atMost(Duration.ofSeconds(90))
                .pollInterval(Duration.ofMillis(500))
                .until(
                        () -> call(client).path("attributes").path("transcript").asText(),
                        words -> !words.isEmpty());
    }

    /** The portal could not be told of the call so far. */
    void awaitTriedInVain(String client) {
        String id = call(client).path("id").asText();
        Awaitility.await("a try in vain for " + client)
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            for (JsonNode row :
                                    hub.admin().json(path("/work?state=retrying")).path("items")) {
                                if (row.path("call").asText().equals(id)) {
                                    return true;
                                }
                            }
                            return false;
                        });
    }

    /** What was decided of a call while it goes on, as soon as it has such a part. */
    Part live(String client, String what, String value) {
        return Awaitility.await(what + " " + value + " of " + client)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () ->
                                parts(call(client).path("decisions").path(0).path("parts")).stream()
                                        .filter(p -> p.what().equals(what))
                                        .filter(p -> p.value().equals(value))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** What is decided of a call that is over with these settings over the preset. */
    List<Part> decided(String client, String settings) {
        String id = ended(client).path("id").asText();
        String body =
                "{\"settings\":%s,\"calls\":[\"%s\"]}".formatted(settings.replace('\'', '"'), id);
        HttpResponse<String> answer =
                accepted(hub.admin().post(path("/integrations/i/dry-run"), body));
        return parts(Http.parse(answer.body()).path("items").path(0).path("then"));
    }

    private static List<Part> parts(JsonNode array) {
        List<Part> parts = new ArrayList<>();
        array.forEach(
                p ->
                        parts.add(
                                new Part(
                                        p.path("what").asText(),
                                        p.path("value").asText(),
                                        p.path("rule").asText(),
                                        p.path("setting").asText())));
        return parts;
    }

    /** The simulated Bitrix24. */
    PresetPortal portal() {
        return new PresetPortal(sandbox.http(), preset);
    }

    /** The simulated amoCRM account. */
    AmoPresetPortal account() {
        return new AmoPresetPortal(sandbox.http(), preset);
    }

    /**
     * What the hub answers its PBX, as soon as the phone book lets it.
     *
     * @param asked kind and secret of the account, and how it names the caller
     * @param key that the answer must have
     */
    JsonNode route(String kind, String secret, String asked, String client, String key) {
        return Awaitility.await("a route for " + client)
                .atMost(Duration.ofSeconds(100))
                .until(() -> route(kind, secret, asked, client), route -> route.has(key));
    }

    /** Likewise, at once; empty: nobody. */
    JsonNode route(String kind, String secret, String asked, String client) {
        HttpResponse<String> answer =
                accepted(
                        hub.stranger()
                                .get(
                                        "/pbx/%s/%s/office/%s/route?%s=%s"
                                                .formatted(
                                                        kind,
                                                        preset,
                                                        secret,
                                                        asked,
                                                        client.replace("+", "%2B"))));
        return answer.body().isEmpty() ? JSON.createObjectNode() : Http.parse(answer.body());
    }

    /** What the hub warns of in its portal; empty: nothing. */
    String warning() {
        for (JsonNode portal : hub.admin().json("/health").path("portals")) {
            if (portal.path("company").asText().equals(preset)) {
                return portal.path("reason").asText();
            }
        }
        return "";
    }

    static HttpResponse<String> accepted(HttpResponse<String> response) {
        if (response.statusCode() / 100 != 2) {
            throw new IllegalStateException(
                    response.uri() + " answered " + response.statusCode() + response.body());
        }
        return response;
    }
}
