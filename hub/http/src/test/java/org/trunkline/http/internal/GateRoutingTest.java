package org.trunkline.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.http.HttpGate;

class GateRoutingTest {
    @TempDir Path data;
    private GateFixture fixture;
    private DefaultCamelContext context;
    private final CountDownLatch slowEntered = new CountDownLatch(1);
    private final CountDownLatch slowMayEnd = new CountDownLatch(1);

    @BeforeEach
    void serve() {
        fixture = new GateFixture(data);
        context =
                fixture.serve(
                        "/api",
                        new RouteBuilder() {
                            @Override
                            public void configure() {
                                rest("/api/v1")
                                        .get("/companies/{company}")
                                        .to("direct:company")
                                        .put("/companies/{company}")
                                        .to("direct:echo")
                                        .get("/who")
                                        .to("direct:who")
                                        .get("/slow")
                                        .to("direct:slow")
                                        .get("/failing")
                                        .to("direct:failing")
                                        .delete("/nothing")
                                        .to("direct:nothing");
                                from("direct:company")
                                        .setBody(simple("${header.company} ${header.limit}"));
                                from("direct:echo")
                                        .setHeader(Exchange.HTTP_RESPONSE_CODE, constant(201))
                                        .setHeader(Exchange.CONTENT_TYPE, constant("text/plain"))
                                        .setHeader("X-From-Route", constant("yes"));
                                from("direct:who")
                                        .setBody(
                                                exchange ->
                                                        exchange.getProperty(HttpGate.USER)
                                                                + " "
                                                                + exchange.getProperty(
                                                                        HttpGate.CLIENT_ADDRESS)
                                                                + " "
                                                                + exchange.getIn()
                                                                        .getHeader(
                                                                                "Authorization"));
                                from("direct:slow")
                                        .process(
                                                exchange -> {
                                                    slowEntered.countDown();
                                                    slowMayEnd.await(8, TimeUnit.SECONDS);
                                                })
                                        .setBody(constant("done"));
                                from("direct:failing")
                                        .throwException(new IllegalStateException("secret detail"));
                                from("direct:nothing").setBody(constant((Object) null));
                            }
                        });
    }

    @AfterEach
    void close() {
        slowMayEnd.countDown();
        context.stop();
        fixture.close();
    }

    @Test
    void pathAndQueryParametersReachTheRoute() {
        HttpResponse<String> response = fixture.get("/api/v1/companies/north%20star?limit=5");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("north star 5");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void pathParameterWinsOverQueryAndHeaderOfTheSameName() {
        HttpResponse<String> response =
                fixture.send(
                        fixture.asAdmin("/api/v1/companies/acme?company=other")
                                .header("company", "third"));

        assertThat(response.body()).isEqualTo("acme ");
    }

    @Test
    void bodyStatusAndHeadersOfTheRouteAreTheAnswer_andNoHeaderOfTheRequestComesBack() {
        HttpResponse<String> response =
                fixture.send(
                        fixture.asAdmin("/api/v1/companies/acme?q=1")
                                .header("X-Mine", "42")
                                .PUT(BodyPublishers.ofString("{\"name\":\"Ünïcode\"}")));

        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("{\"name\":\"Ünïcode\"}");
        assertThat(response.headers().firstValue("X-From-Route")).hasValue("yes");
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain");
        assertThat(response.headers().map().keySet())
                .doesNotContain("x-mine", "X-Mine", "authorization", "user-agent", "q", "company");
    }

    @Test
    void emptyAnswerIs204() {
        assertThat(fixture.send(fixture.asAdmin("/api/v1/nothing").DELETE()).statusCode())
                .isEqualTo(204);
    }

    @Test
    void routeLearnsUserAndAddressButNotTheCredentials() {
        assertThat(fixture.get("/api/v1/who").body()).isEqualTo("admin 127.0.0.1 null");
    }

    @Test
    void unknownPathIs404AsProblem() {
        HttpResponse<String> response = fixture.get("/api/v1/nowhere");

        assertThat(response.statusCode()).isEqualTo(404);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(response.body()).contains("\"status\":404");
        assertThat(fixture.get("/elsewhere").statusCode()).isEqualTo(404);
    }

    @Test
    void wrongMethodIs405AndNamesTheRightOnes() {
        HttpResponse<String> response =
                fixture.send(fixture.asAdmin("/api/v1/companies/acme").DELETE());

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).hasValue("GET, PUT");
    }

    @Test
    void failingRouteIs500WithoutDetail() {
        HttpResponse<String> response = fixture.get("/api/v1/failing");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(response.body()).doesNotContain("secret", "Exception", "\tat ");
    }

    @Test
    void detachedPrefixIs503WithRetryAfter_andAnswersAgainWhenReady() {
        fixture.gate.detach("/api");

        HttpResponse<String> response = fixture.get("/api/v1/who");
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(fixture.send(fixture.request("/health/ready")).statusCode()).isEqualTo(503);

        fixture.gate.attach(context, "/api");
        assertThat(fixture.get("/api/v1/who").statusCode()).isEqualTo(503);
        fixture.gate.ready("/api");
        assertThat(fixture.get("/api/v1/who").statusCode()).isEqualTo(200);
        assertThat(fixture.send(fixture.request("/health/ready")).statusCode()).isEqualTo(200);
    }

    @Test
    void requestInHandEndsWhileItsBundleStops() throws Exception {
        CompletableFuture<HttpResponse<String>> slow =
                CompletableFuture.supplyAsync(() -> fixture.get("/api/v1/slow"));
        assertThat(slowEntered.await(8, TimeUnit.SECONDS)).isTrue();

        fixture.gate.detach("/api");
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(context::stop);
        assertThat(fixture.get("/api/v1/who").statusCode()).isEqualTo(503);
        slowMayEnd.countDown();

        assertThat(slow.get(9, TimeUnit.SECONDS).body()).isEqualTo("done");
        stopped.get(9, TimeUnit.SECONDS);
    }

    @Test
    void pbxPathsNeedNoPassword_andAre503WhileNoBundleServesThem() {
        assertThat(fixture.send(fixture.request("/crm/bitrix24/acme/main/install")).statusCode())
                .isEqualTo(503);
        assertThat(fixture.send(fixture.request("/pbx/mango/acme/office/events/call")).statusCode())
                .isEqualTo(503);

        DefaultCamelContext mango =
                fixture.serve(
                        "/pbx/mango",
                        new RouteBuilder() {
                            @Override
                            public void configure() {
                                rest("/pbx/mango/{company}/{account}/events")
                                        .post("/{event}")
                                        .to("direct:event");
                                from("direct:event").setBody(simple("${header.event}"));
                            }
                        });
        HttpResponse<String> response =
                fixture.send(
                        fixture.request("/pbx/mango/acme/office/events/call")
                                .POST(BodyPublishers.ofString("json={}")));
        mango.stop();

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("call");
    }

    @Test
    void filesOfABundleAreServedBehindThePassword() {
        serveFiles("/console");

        HttpResponse<String> index = fixture.get("/console/");
        assertThat(index.body()).contains("<h1>console</h1>");
        assertThat(index.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        String etag = index.headers().firstValue("ETag").orElseThrow();
        assertThat(
                        fixture.send(
                                        fixture.asAdmin("/console/index.html")
                                                .header("If-None-Match", etag))
                                .statusCode())
                .isEqualTo(304);
        assertThat(fixture.get("/console/sub/app.js").headers().firstValue("Content-Type"))
                .hasValue("text/javascript;charset=utf-8");
        assertThat(fixture.send(fixture.request("/console/")).statusCode()).isEqualTo(401);
        assertThat(fixture.get("/console/../outside.txt").statusCode()).isEqualTo(404);
        assertThat(fixture.get("/console/nothing.js").statusCode()).isEqualTo(404);
        assertThat(
                        fixture.send(fixture.asAdmin("/console/").POST(BodyPublishers.noBody()))
                                .statusCode())
                .isEqualTo(405);
    }

    @Test
    void prefixMustBeAPath() {
        assertThatThrownBy(() -> fixture.gate.attach(context, "api/"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("api/");
        assertThatThrownBy(() -> fixture.gate.ready("/never-attached"))
                .isInstanceOf(IllegalStateException.class);
    }

    private void serveFiles(String prefix) {
        fixture.gate.files(
                prefix, path -> Optional.ofNullable(getClass().getResource("/site" + path)));
    }
}
