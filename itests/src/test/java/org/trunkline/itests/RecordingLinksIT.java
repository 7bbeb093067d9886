package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A recorded call on the replayed PBX, its link, and what a player in a browser gets there. */
@ExtendWith(LogsOnFailure.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class RecordingLinksIT {
    private static final String PUBLIC = "https://hub.example.com";

    @TempDir private static Path folder;
    private static Path recordings;
    private static Hub hub;
    private static Sandbox sandbox;
    private static PlayedCompany acme;
    private static final HttpClient PLAYER = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws IOException {
        recordings = Files.createDirectories(folder.resolve("recordings"));
        hub = Hub.start(Map.of("TRUNKLINE_PUBLIC_URL", PUBLIC + "/"));
        sandbox = Sandbox.start(hub);
        acme = PlayedCompany.provisioned("links", "mikopbx-bitrix24", hub, sandbox, recordings);
        acme.put("{\"clock\":{\"factor\":0.05}}");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
        hub.close();
    }

    @Test
    void I3_T10_theLinkOfARecordingGivesItsBytesUntilItIsRevoked() throws IOException {
        String link = link("+79160000001");
        byte[] sound = sound();

        HttpResponse<byte[]> whole = get(link);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(sound);
        assertThat(whole.headers().firstValue("Content-Type")).hasValue("audio/wav");
        assertThat(whole.headers().firstValue("Accept-Ranges")).hasValue("bytes");
        int middle = sound.length / 2;
        assertThat(get(link, "Range", "bytes=0-" + (middle - 1)).body())
                .isEqualTo(Arrays.copyOfRange(sound, 0, middle));
        HttpResponse<byte[]> rest = get(link, "Range", "bytes=" + middle + "-");
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(sound, middle, sound.length));
        assertThat(get(link, "Range", "bytes=" + sound.length + "-").statusCode()).isEqualTo(416);

        assertThat(get(link.substring(0, link.length() - 2) + "xx").statusCode()).isEqualTo(404);
        acme.install(hub);
        assertThat(get(link).statusCode()).as("after a new document").isEqualTo(200);

        String revoke = "/api/v1/companies/links/recording-links/revoke";
        assertThat(hub.stranger().post(revoke, "").statusCode()).isEqualTo(401);
        assertThat(hub.admin().post(revoke, "").statusCode()).isEqualTo(204);
        assertThat(get(link).statusCode()).isEqualTo(404);
        assertThat(log()).doesNotContain(link.substring(link.lastIndexOf('/') + 1));
    }

    /** Of the call, once the hub has heard of its recording. */
    private static String link(String client) {
        acme.play(CallKind.RECORDED, client, 2);
        JsonNode call =
                Awaitility.await("the recording is attached")
                        .atMost(Duration.ofSeconds(90))
                        .pollInterval(Duration.ofMillis(300))
                        .until(
                                () ->
                                        hub.admin()
                                                .json("/api/v1/companies/links/calls")
                                                .at("/items/0"),
                                one -> one.at("/recordings/0/state").asText().equals("attached"));
        String path = "/api/v1/companies/links/calls/" + call.path("id").asText();
        JsonNode items = hub.admin().json(path + "/recording-links").path("items");
        assertThat(items).hasSize(1);
        String link = items.at("/0/link").asText();
        assertThat(link).startsWith(PUBLIC + "/recordings/links/" + call.path("id").asText());
        return link;
    }

    private static byte[] sound() throws IOException {
        try (Stream<Path> files = Files.walk(recordings)) {
            return Files.readAllBytes(files.filter(Files::isRegularFile).findFirst().orElseThrow());
        }
    }

    private static String log() throws IOException {
        return Files.readString(hub.data().resolve("log/trunkline.log"));
    }

    /** As a browser does, without credentials. */
    private static HttpResponse<byte[]> get(String link, String... headers) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(link.replace(PUBLIC, hub.address())))
                        .timeout(Duration.ofSeconds(30));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return PLAYER.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
