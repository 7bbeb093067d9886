package org.trunkline.pbx.uis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.http.internal.OpenGate;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Fact;
import org.trunkline.model.Json;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;
import org.trunkline.model.TransferKind;
import org.trunkline.pbx.uis.UisPbx;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.runtime.UnclosedCalls;
import org.trunkline.store.internal.OpenStore;

/** The receiver behind the real gate, before the real store on H2. */
class ReceiverTest {

    private static final String OURS = "/pbx/uis/acme/office/s3cret";

    private static final List<String> BODIES = Sequence.of("blind-transfer").bodies();

    @TempDir Path folder;

    private OpenStore store;
    private OpenGate gate;
    private UisPbx uis;
    private final RoutesContext context = RoutesContext.standalone("uis");
    private volatile Instant now = Sequence.BEGIN;
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void open() throws SQLException {
        store = new OpenStore(folder);
        store.companies.put(
                Sequence.ACME,
                Json.tree("{}"),
                Map.of("pbx/office/token", "t", "pbx/office/webhookSecret", "s3cret"),
                "test");
        gate = new OpenGate(folder);
        uis =
                new UisPbx(
                        gate.gate(),
                        context,
                        store.journal,
                        store.calls,
                        store.companies,
                        (company, account, caller, line) -> {
                            throw new UnsupportedOperationException();
                        },
                        new Clock() {
                            @Override
                            public Instant instant() {
                                return now;
                            }

                            @Override
                            public ZoneId getZone() {
                                return ZoneOffset.UTC;
                            }

                            @Override
                            public Clock withZone(ZoneId zone) {
                                throw new UnsupportedOperationException();
                            }
                        });
    }

    @AfterEach
    void close() {
        uis.stop();
        gate.close();
        store.close();
    }

    @Test
    void X3_whatWasAnsweredWith200IsOnDisk() {
        HttpResponse<String> reply = post(OURS, BODIES.get(0));

        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(events())
                .extracting(CallEvent::fact)
                .hasAtLeastOneElementOfType(Fact.Started.class);
    }

    @Test
    void X3_whatIsSentAgainIsKeptOnce() {
        post(OURS, BODIES.get(0));
        int once = events().size();

        assertThat(post(OURS, BODIES.get(0)).statusCode()).isEqualTo(200);
        assertThat(events()).hasSize(once);
    }

    @Test
    void X1_aTransferIsConcludedFromWhatOtherNotificationsSaid() {
        List<Integer> backwards = List.of(7, 6, 5, 4, 3, 2, 1, 0);
        backwards.forEach(i -> assertThat(post(OURS, BODIES.get(i)).statusCode()).isEqualTo(200));

        assertThat(events())
                .extracting(CallEvent::fact)
                .contains(new Fact.Transferred(TransferKind.BLIND, "employee:5501"));
    }

    @Test
    void X3_aCallWhoseEndGotLostEndsByItself_whenNothingWasHeardForHalfAnHour() {
        List.of(0, 1, 2, 3).forEach(i -> post(OURS, BODIES.get(i)));

        now = Sequence.BEGIN.plusSeconds(25).plus(Duration.ofMinutes(29));
        assertThat(afterALook().ended()).isFalse();
        now = now.plus(Duration.ofMinutes(2));
        assertThat(afterALook().endedAt()).contains(Sequence.BEGIN.plusSeconds(25));

        post(OURS, BODIES.get(7));
        assertThat(afterALook().endedAt()).contains(Sequence.BEGIN.plusSeconds(60));
    }

    @Test
    void X3_aTalkOfWhichNothingMoreIsHeardMayLastForHours() {
        List.of(0, 1, 2).forEach(i -> post(OURS, BODIES.get(i)));

        now = Sequence.BEGIN.plus(Duration.ofHours(11));
        assertThat(afterALook().ended()).isFalse();
        now = Sequence.BEGIN.plus(Duration.ofHours(13));
        assertThat(afterALook().ended()).isTrue();
    }

    private Call afterALook() {
        fold();
        context.camel()
                .createProducerTemplate()
                .sendBody(UnclosedCalls.look(PbxKind.UIS), List.of());
        fold();
        return store.calls.find("acme", Call.id("acme", "office", "700009")).orElseThrow();
    }

    private void fold() {
        store.journal.unfolded(10).forEach(heard -> store.calls.fold(heard, call -> Set.of()));
    }

    @Test
    void aWrongSecretIs401WithoutDetail() {
        HttpResponse<String> reply = post("/pbx/uis/acme/office/s3creT", BODIES.get(0));

        assertThat(reply.statusCode()).isEqualTo(401);
        assertThat(Json.tree(reply.body()).has("detail")).isFalse();
        assertThat(events()).isEmpty();
        assertThat(uis.health())
                .singleElement()
                .satisfies(health -> assertThat(health.reason()).contains("wrong secret"));
    }

    @Test
    void anUnknownAccountIs404() {
        assertThat(post("/pbx/uis/acme/elsewhere/s3cret", BODIES.get(0)).statusCode())
                .isEqualTo(404);
        assertThat(post("/pbx/uis/nobody/office/s3cret", BODIES.get(0)).statusCode())
                .isEqualTo(404);
    }

    @Test
    void malformedIs400NamingTheFieldAndTheCure() {
        assertThat(post(OURS, "{").statusCode()).isEqualTo(400);
        assertThat(post(OURS, "").statusCode()).isEqualTo(400);
        assertThat(post(OURS, "[]").statusCode()).isEqualTo(400);
        HttpResponse<String> noKind = post(OURS, "{\"call_session_id\":1}");
        assertThat(noKind.statusCode()).isEqualTo(400);
        assertThat(Json.tree(noKind.body()).path("detail").asText()).contains("kind", "waiting");
        HttpResponse<String> noCall = post(OURS, "{\"kind\":\"waiting\",\"call_session_id\":}");
        assertThat(noCall.statusCode()).isEqualTo(400);
        assertThat(Json.tree(noCall.body()).path("detail").asText()).contains("call_session_id");
    }

    @Test
    void tooLongIs413() {
        assertThat(post(OURS, " ".repeat(256 * 1024 + 1)).statusCode()).isEqualTo(413);
    }

    @Test
    void X3_aStoreThatCannotBeWrittenIs503WithRetryAfter() {
        store.close();

        HttpResponse<String> reply = post(OURS, BODIES.get(0));

        assertThat(reply.statusCode()).isEqualTo(503);
        assertThat(reply.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void mutatedBodiesAreTakenOrRefusedButNeverFailTheHub() {
        Random random = new Random(20261121);
        byte[] original = BODIES.get(1).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 2_000; i++) {
            byte[] mutated = original.clone();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
            }
            int status = send(OURS, HttpRequest.BodyPublishers.ofByteArray(mutated)).statusCode();
            assertThat(status).as("mutation %d", i).isIn(200, 400);
        }
    }

    @Test
    void deepAndEndlessBodiesAre400() {
        String start = "{\"kind\":\"waiting\",\"call_session_id\":1,\"x\":";
        assertThat(post(OURS, start + "[".repeat(50_000)).statusCode()).isEqualTo(400);
        assertThat(post(OURS, start + "\"" + "\\n".repeat(60_000)).statusCode()).isEqualTo(400);
        assertThat(post(OURS, start + "9".repeat(100_000) + "}").statusCode()).isEqualTo(400);
        assertThat(post(OURS, start + "{{".repeat(60_000)).statusCode()).isEqualTo(400);
    }

    @Test
    void silenceIsToldAndEndsWithTheFirstNotification() {
        assertThat(uis.health())
                .singleElement()
                .satisfies(
                        health -> {
                            assertThat(health.state()).isEqualTo("waiting");
                            assertThat(health.reason()).contains("no notification");
                        });

        post(OURS, BODIES.get(0));

        assertThat(uis.health())
                .containsExactly(new PbxHealth("acme", "office", "connected", "", ""));
    }

    private List<CallEvent> events() {
        return store.calls.events("acme", Call.id("acme", "office", "700009"));
    }

    private HttpResponse<String> post(String path, String body) {
        return send(path, HttpRequest.BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(String path, HttpRequest.BodyPublisher body) {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gate.port() + path))
                        .header("Content-Type", "application/json")
                        .POST(body)
                        .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
