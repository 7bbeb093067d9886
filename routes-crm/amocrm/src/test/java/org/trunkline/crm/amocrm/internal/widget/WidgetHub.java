package org.trunkline.crm.amocrm.internal.widget;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.trunkline.crm.amocrm.internal.AmocrmHttp;
import org.trunkline.crm.connector.begin.Controls;
import org.trunkline.http.internal.OpenGate;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Company;
import org.trunkline.model.Confidence;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Employee;
import org.trunkline.model.Fact;
import org.trunkline.model.Fault;
import org.trunkline.model.Integration;
import org.trunkline.model.Json;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PbxKind;
import org.trunkline.model.Portal;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Calls;
import org.trunkline.store.internal.OpenStore;

/** The hub's side of the widget behind the real gate, with the real store and a PBX that notes. */
final class WidgetHub implements AutoCloseable {

    static final String ORIGIN = "https://acme.amocrm.ru";
    static final String BASE = "/crm/amocrm/acme/main";
    private static final Portal PORTAL =
            new Portal("main", CrmKind.AMOCRM, "Main", URI.create(ORIGIN), true);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    final List<PbxControl.Order> orders = new CopyOnWriteArrayList<>();
    private final Path folder;
    private final OpenStore store;
    private volatile Optional<Fault> refusal = Optional.empty();
    private volatile Duration late = Duration.ZERO;
    private OpenGate gate;
    private AmocrmWidget widget;
    private AmocrmHttp http;

    WidgetHub(Path folder) throws SQLException {
        this.folder = folder;
        this.store = new OpenStore(folder);
        provision("{\"clickToCall\":{\"enabled\":true,\"number\":\"+74951000001\"}}");
        start();
    }

    private void start() {
        gate = new OpenGate(folder);
        Controls controls = new Controls();
        controls.addControl(new NotingPbx());
        InstantSource now = () -> Instant.now().plus(late);
        widget =
                new AmocrmWidget(
                        store.journal,
                        store.calls,
                        store.companies,
                        controls,
                        Optional.of(URI.create(address())),
                        now.withZone(ZoneOffset.UTC));
        http = new AmocrmHttp(gate.gate(), RoutesContext.standalone("amocrm"), widget.routes());
    }

    private void stop() {
        http.stop();
        widget.stop();
        gate.close();
    }

    void restart() {
        stop();
        start();
    }

    @Override
    public void close() {
        stop();
        store.close();
    }

    void loseStore() {
        store.close();
    }

    /** From now on it is that much later. */
    void wait(Duration more) {
        late = late.plus(more);
    }

    void pbxRefuses(Fault fault) {
        refusal = Optional.of(fault);
    }

    private final class NotingPbx implements PbxControl {
        @Override
        public PbxKind kind() {
            return PbxKind.ASTERISK;
        }

        @Override
        public void call(String company, PbxAccount account, Order order) {
            orders.add(order);
            refusal.ifPresent(
                    fault -> {
                        throw fault;
                    });
        }
    }

    /** A PBX of three: 201 is user 7, 202 is not mapped, 203 is user 9 and has no phone. */
    void provision(String settings) {
        PbxAccount pbx =
                new PbxAccount(
                        "office",
                        PbxKind.ASTERISK,
                        "127.0.0.1",
                        5038,
                        false,
                        "crm",
                        Optional.empty(),
                        List.of(),
                        List.of(
                                employee("201", true),
                                employee("202", true),
                                employee("203", false)),
                        Optional.empty());
        Integration integration =
                new Integration(
                        "office-main",
                        "office",
                        "main",
                        "asterisk-amocrm",
                        Map.of("201", "7", "203", "9"),
                        Json.tree(settings));
        provision(List.of(pbx), List.of(integration));
    }

    void provision(List<PbxAccount> pbx, List<Integration> integrations) {
        store.companies.put(
                new Company("acme", "Acme", "RU", pbx, List.of(PORTAL), integrations),
                Json.tree("{}"),
                Map.of(
                        PORTAL.secretKey("clientId"), VendorToken.CLIENT,
                        PORTAL.secretKey("clientSecret"), VendorToken.SECRET),
                "test");
    }

    private static Employee employee(String id, boolean sip) {
        return new Employee(
                id, id, "Employee " + id, Optional.empty(), Optional.empty(), false, sip);
    }

    void secret(String name, String value) {
        store.companies.putSecrets("acme", Map.of(PORTAL.secretKey(name), value));
    }

    Calls calls() {
        return store.calls;
    }

    /** All that the journal holds becomes calls. */
    void folds() {
        store.journal.unfolded(100).forEach(events -> store.calls.fold(events, c -> Set.of()));
    }

    /** What the PBX tells of a call. */
    void tells(String call, Fact fact) {
        folds();
        Call known = store.calls.find("acme", call).orElseThrow();
        Instant now = Instant.now();
        store.journal.append(
                List.of(
                        new CallEvent(
                                "acme",
                                "office",
                                known.key(),
                                Optional.of("leg"),
                                Optional.of(call + fact),
                                now.toEpochMilli() * 1000,
                                now,
                                now,
                                Confidence.FINAL,
                                fact,
                                "test")));
        folds();
    }

    private String address() {
        return "http://127.0.0.1:" + gate.port();
    }

    VendorToken token(String user) {
        return VendorToken.issued(ORIGIN, address(), user, Instant.now().plus(late));
    }

    /** A request from that page. */
    HttpRequest.Builder from(String origin, String path) {
        return HttpRequest.newBuilder(URI.create(address() + path)).header("Origin", origin);
    }

    HttpRequest.Builder request(String path) {
        return from(ORIGIN, path);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> click(String token, String body) {
        return send(
                request(BASE + "/click")
                        .header("X-Auth-Token", token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    /** A click in a page of that address, with the token that the vendor gives there. */
    HttpResponse<String> clickFrom(String origin, String body) {
        String token = VendorToken.issued(origin, address(), "7", Instant.now().plus(late)).text();
        return send(
                from(origin, BASE + "/click")
                        .header("X-Auth-Token", token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    /** A click that is taken; the call's id. */
    String clicked(String user, String number) {
        String body = "{\"number\":\"" + number + "\"}";
        return json(click(token(user).text(), body)).path("call").asText();
    }

    HttpResponse<String> get(String path, String user) {
        return send(request(path).header("X-Auth-Token", token(user).text()).GET());
    }

    JsonNode card(String call, String user) {
        return json(get(BASE + "/calls/" + call + "?lang=en", user));
    }

    static JsonNode json(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.tree(answer.body());
    }
}
