package org.trunkline.crm.delivery.internal.recordings;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.model.Fault;
import org.trunkline.model.Recording;

@Timeout(120)
class RecordingPlayerTest {

    private static final byte[] SOUND = sound(100_000);

    @TempDir Path folder;
    private Played hub;

    @BeforeEach
    void open() throws Exception {
        hub = new Played(folder);
    }

    @AfterEach
    void close() {
        hub.close();
    }

    private static byte[] sound(int size) {
        byte[] bytes = new byte[size];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Test
    void I3_T10_whoHasTheLinkHearsTheRecording() throws IOException {
        HttpResponse<byte[]> response = hub.get(hub.linkOf("+7916 1234567.mp3", SOUND));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(SOUND);
        assertThat(header(response, "Content-Type")).isEqualTo("audio/mpeg");
        assertThat(header(response, "Content-Length")).isEqualTo("100000");
        assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(header(response, "Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void aWavIsToldAsOne() throws IOException {
        byte[] wav = SOUND.clone();
        System.arraycopy("RIFF".getBytes(US_ASCII), 0, wav, 0, 4);

        assertThat(header(hub.get(hub.linkOf("a.wav", wav)), "Content-Type"))
                .isEqualTo("audio/wav");
    }

    @Test
    void theLinkNamesNoNumber() throws IOException {
        assertThat(hub.linkOf("+79161234567.mp3", SOUND).toString()).doesNotContain("9161234567");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=0-, 0, 100000",
        "bytes=99999-, 99999, 100000",
        "bytes=40000-72767, 40000, 72768",
        "bytes=99990-200000, 99990, 100000",
        "bytes=-10, 99990, 100000",
        "bytes=-200000, 0, 100000"
    })
    void aPlayerGetsTheRangeItAsksFor(String range, int from, int to) throws IOException {
        HttpResponse<byte[]> response = hub.get(hub.linkOf("a.mp3", SOUND), "Range", range);

        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(SOUND, from, to));
        assertThat(header(response, "Content-Range"))
                .isEqualTo("bytes " + from + "-" + (to - 1) + "/100000");
    }

    @ParameterizedTest
    @CsvSource({"bytes=100000-", "bytes=100000-100001", "bytes=99999999999999999999-", "bytes=-0"})
    void aRangeBeyondTheEndIsRefused(String range) throws IOException {
        HttpResponse<byte[]> response = hub.get(hub.linkOf("a.mp3", SOUND), "Range", range);

        assertThat(response.statusCode()).isEqualTo(416);
        assertThat(header(response, "Content-Range")).isEqualTo("bytes */100000");
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"bytes=0-1,5-6", "bytes=9-2", "bytes=a-b", "lines=1-2", "bytes=-", "bytes"})
    void whatIsNoSingleRangeGetsAll(String range) throws IOException {
        HttpResponse<byte[]> response = hub.get(hub.linkOf("a.mp3", SOUND), "Range", range);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).hasSize(100_000);
    }

    @Test
    void aPlayerThatHasItAlreadyIsToldSo() throws IOException {
        URI link = hub.linkOf("a.mp3", SOUND);
        String etag = header(hub.get(link), "ETag");

        HttpResponse<byte[]> again = hub.get(link, "If-None-Match", etag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(hub.get(link, "Range", "bytes=5-6", "If-Range", etag).statusCode())
                .isEqualTo(206);

        hub.write("a.mp3", sound(99_999));
        assertThat(hub.get(link, "If-None-Match", etag).statusCode()).isEqualTo(200);
        assertThat(hub.get(link, "Range", "bytes=5-6", "If-Range", etag).body()).hasSize(99_999);
    }

    @Test
    void aHeadTellsTheLengthOnly() throws IOException {
        HttpResponse<byte[]> response = hub.send("HEAD", hub.linkOf("a.mp3", SOUND));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Length")).isEqualTo("100000");
        assertThat(header(response, "Accept-Ranges")).isEqualTo("bytes");
        assertThat(response.body()).isEmpty();
    }

    @Test
    void aLinkOpensNothingButItsOwnRecording() throws IOException {
        URI link = hub.linkOf("a.mp3", SOUND);
        hub.recorded("acme", Played.FOLDER, "call of a.mp3", "b.mp3", "b.mp3");
        hub.write("b.mp3", SOUND);
        String[] part = link.getPath().split("/");
        String other = hub.linkOf("c.mp3", SOUND).getPath().split("/")[3];
        String[] rivals =
                hub.link("rival", hub.call("rival", Played.FOLDER, "x"), "a.mp3")
                        .getPath()
                        .split("/");
        String signature = part[5];
        List<String> attacks =
                List.of(
                        path(rivals[2], part[3], part[4], signature),
                        path(part[2], part[3], part[4], rivals[5]),
                        path("nobody", part[3], part[4], signature),
                        path(part[2], other, part[4], signature),
                        path(part[2], part[3], Seal.name("b.mp3"), signature),
                        path(part[2], part[3], part[4], signature.substring(1)),
                        path(part[2], part[3], part[4], signature + "="),
                        path(part[2], part[3], part[4], signature.toLowerCase()),
                        path(part[2], part[3], part[4], "%20" + signature),
                        path(part[2], part[3] + "%20", part[4], signature));
        List<byte[]> bodies = new ArrayList<>();
        for (String attack : attacks) {
            HttpResponse<byte[]> response = hub.get(link.resolve(attack));
            assertThat(response.statusCode()).as(attack).isEqualTo(404);
            bodies.add(response.body());
        }
        assertThat(bodies)
                .as("no answer tells more than another")
                .allMatch(body -> Arrays.equals(body, bodies.get(0)));
        assertThat(hub.get(link).statusCode()).isEqualTo(200);
    }

    private static String path(String... parts) {
        return "/recordings/" + String.join("/", parts);
    }

    @Test
    void thereIsNoDirectory() throws IOException {
        URI link = hub.linkOf("a.mp3", SOUND);
        String[] part = link.getPath().split("/");
        for (String above :
                List.of(
                        "/recordings",
                        "/recordings/",
                        path(part[2]),
                        path(part[2], part[3]),
                        path(part[2], part[3], part[4]),
                        path(part[2], part[3], part[4], ""),
                        link.getPath() + "/x")) {
            assertThat(hub.get(link.resolve(above)).statusCode()).as(above).isEqualTo(404);
        }
        assertThat(hub.send("POST", link).statusCode()).isEqualTo(405);
    }

    @Test
    void nothingOutsideTheFolderIsRead() throws IOException {
        Files.write(folder.resolve("secret.mp3"), SOUND);
        Files.createSymbolicLink(hub.root.resolve("way-out.mp3"), folder.resolve("secret.mp3"));
        String call = hub.call("acme", Played.FOLDER, "x");
        for (String source :
                List.of(
                        "../secret.mp3",
                        folder.resolve("secret.mp3").toString(),
                        "way-out.mp3",
                        "/etc/passwd",
                        "a/../../secret.mp3")) {
            hub.recorded("acme", Played.FOLDER, "x", source, source);
            HttpResponse<byte[]> response = hub.get(hub.link("acme", call, source));
            assertThat(response.statusCode()).as(source).isEqualTo(404);
        }
    }

    @Test
    void I3_theLinkIsThereBeforeTheRecording() throws IOException {
        String call = hub.call("acme", Played.FOLDER, "x");
        URI link = hub.link("acme", call, "a.mp3");

        HttpResponse<byte[]> untold = hub.get(link);
        assertThat(untold.statusCode()).isEqualTo(503);
        assertThat(header(untold, "Retry-After")).isEqualTo("30");
        hub.recorded("acme", Played.FOLDER, "x", "a.mp3", "a.mp3");
        assertThat(hub.get(link).statusCode()).as("told, but not written").isEqualTo(503);
        hub.write("a.mp3", SOUND);
        assertThat(hub.get(link).body()).isEqualTo(SOUND);

        assertThat(hub.link("acme", call, "a.mp3")).as("the same for years").isEqualTo(link);
        Files.delete(hub.root.resolve("a.mp3"));
        hub.clock.advance(Shelf.PATIENCE.plusSeconds(1));
        assertThat(hub.get(link).statusCode()).as("nothing comes any more").isEqualTo(404);
    }

    @Test
    void revokedLinksDieAtOnceAndNewOnesPlay() throws IOException {
        URI old = hub.linkOf("a.mp3", SOUND);
        assertThat(hub.get(old).statusCode()).isEqualTo(200);

        hub.links.revoke("acme");

        assertThat(hub.get(old).statusCode()).isEqualTo(404);
        URI renewed = hub.linkOf("a.mp3", SOUND);
        assertThat(hub.get(renewed).statusCode()).isEqualTo(200);
    }

    @Test
    void anotherHubsRevocationCountsAtOnceToo() throws IOException {
        URI old = hub.linkOf("a.mp3", SOUND);
        assertThat(hub.get(old).statusCode()).isEqualTo(200);

        new SignedLinks(hub.store.companies, Optional.empty(), hub.clock).revoke("acme");

        assertThat(hub.get(old).statusCode()).isEqualTo(404);
    }

    @Test
    void linksOutliveANewDocumentOfTheCompany() throws IOException {
        URI link = hub.linkOf("a.mp3", SOUND);
        hub.put("acme");

        assertThat(hub.get(link).statusCode()).isEqualTo(200);
    }

    @Test
    void withoutAPublicAddressThereIsNoLink() {
        Recording recording = new Recording("a.mp3", "", Optional.empty());
        for (String none : List.of("", "hub.example.com", "ftp://hub")) {
            assertThat(
                            new SignedLinks(hub.store.companies, Optional.of(none), hub.clock)
                                    .link("acme", "x", recording))
                    .as(none)
                    .isEmpty();
        }
    }

    @Test
    void aPbxWithAnApiIsAskedOnceForAllThatAPlayerAsks() {
        String call = hub.call("acme", Played.API, "x");
        hub.recorded("acme", Played.API, "x", "r1", "mango:r1");
        hub.pbx = file -> Files.write(file, SOUND);
        URI link = hub.link("acme", call, "r1");

        assertThat(hub.get(link).body()).isEqualTo(SOUND);
        assertThat(hub.get(link, "Range", "bytes=9-10").body()).hasSize(2);
        hub.send("HEAD", link);
        assertThat(hub.fetches).hasValue(1);

        hub.clock.advance(FetchedRecordings.KEPT);
        assertThat(hub.get(link).body()).isEqualTo(SOUND);
        assertThat(hub.fetches).hasValue(2);
    }

    @Test
    void aPbxThatHasItNotYetIsNotAskedAtEachClick() {
        String call = hub.call("acme", Played.API, "x");
        hub.recorded("acme", Played.API, "x", "r1", "mango:r1");
        hub.pbx =
                file -> {
                    throw new Fault.Retryable("not yet", Duration.ofSeconds(20));
                };
        URI link = hub.link("acme", call, "r1");

        HttpResponse<byte[]> response = hub.get(link);
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(header(response, "Retry-After")).isEqualTo("20");
        hub.get(link);
        assertThat(hub.fetches).hasValue(1);
        hub.pbx = file -> Files.write(file, SOUND);
        hub.clock.advance(FetchedRecordings.AGAIN);
        assertThat(hub.get(link).body()).isEqualTo(SOUND);
    }

    @Test
    void whatWasFetchedDoesNotFillTheDisk() throws IOException {
        hub.pbx = file -> Files.write(file, SOUND);
        List<Path> before = temporary();
        for (int i = 0; i < FetchedRecordings.MOST_FILES + 5; i++) {
            String call = hub.call("acme", Played.API, "x" + i);
            hub.recorded("acme", Played.API, "x" + i, "r", "mango:r");
            assertThat(hub.get(hub.link("acme", call, "r")).statusCode()).isEqualTo(200);
        }
        List<Path> there = temporary();
        there.removeAll(before);
        assertThat(there).hasSizeLessThanOrEqualTo(FetchedRecordings.MOST_FILES);
    }

    private static List<Path> temporary() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return new ArrayList<>(
                    files.filter(f -> f.getFileName().toString().startsWith("trunkline-recording-"))
                            .toList());
        }
    }

    /** Three gigabytes, which nobody can hold in one array. */
    private URI huge() throws IOException {
        URI link = hub.linkOf("huge.mp3", SOUND);
        try (RandomAccessFile file =
                new RandomAccessFile(hub.root.resolve("huge.mp3").toFile(), "rw")) {
            file.setLength(3L << 30);
            file.seek((3L << 30) - 3);
            file.write("end".getBytes(US_ASCII));
        }
        hub.clock.advance(Duration.ofMinutes(2));
        return link;
    }

    @Test
    void theSizeOfARecordingDoesNotMatter() throws IOException {
        URI link = huge();

        assertThat(header(hub.send("HEAD", link), "Content-Length")).isEqualTo("3221225472");
        assertThat(hub.get(link, "Range", "bytes=-3").body()).asString().isEqualTo("end");
        assertThat(hub.get(link, "Range", "bytes=3221225470-").body()).asString().isEqualTo("nd");
    }

    @Test
    void oneCompanysListenersLeaveSeatsToTheOthers() throws IOException {
        URI link = huge();
        List<Socket> listeners = new ArrayList<>();
        for (int i = 0; i < Seats.OF_ONE_COMPANY; i++) {
            Socket listener = new Socket("127.0.0.1", link.getPort());
            listeners.add(listener);
            String request = "GET " + link.getPath() + " HTTP/1.1\r\nHost: hub\r\n\r\n";
            listener.getOutputStream().write(request.getBytes(US_ASCII));
            listener.setSoTimeout(20_000);
            assertThat((char) listener.getInputStream().read()).isEqualTo('H');
        }
        HttpResponse<byte[]> beyond = hub.send("HEAD", link);
        assertThat(beyond.statusCode()).isEqualTo(503);
        assertThat(header(beyond, "Retry-After")).isEqualTo("2");
        String rivals = hub.call("rival", Played.FOLDER, "x");
        hub.recorded("rival", Played.FOLDER, "x", "huge.mp3", "huge.mp3");
        URI other = hub.link("rival", rivals, "huge.mp3");
        assertThat(hub.send("HEAD", other).statusCode()).isEqualTo(200);

        for (Socket listener : listeners) {
            listener.close();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> hub.send("HEAD", link).statusCode() == 200);
    }

    @Test
    void twoThousandGuessesSlowNobodyDown() throws Exception {
        URI link = hub.linkOf("a.mp3", SOUND);
        assertThat(hub.get(link).statusCode()).isEqualTo(200);
        String begin = link.getPath().substring(0, link.getPath().lastIndexOf('/') + 1);
        List<Integer> statuses = java.util.Collections.synchronizedList(new ArrayList<>());
        List<Thread> guessers = new ArrayList<>();
        for (int g = 0; g < 4; g++) {
            Random random = new Random(g);
            Thread guesser =
                    new Thread(
                            () -> {
                                for (int i = 0; i < 500; i++) {
                                    byte[] guess = new byte[32];
                                    random.nextBytes(guess);
                                    URI wrong = link.resolve(begin + Seal.encoded(guess));
                                    statuses.add(hub.get(wrong).statusCode());
                                }
                            });
            guessers.add(guesser);
            guesser.start();
        }
        List<Long> millis = new ArrayList<>();
        while (guessers.stream().anyMatch(Thread::isAlive)) {
            long begun = System.nanoTime();
            assertThat(hub.get(link).statusCode()).isEqualTo(200);
            millis.add((System.nanoTime() - begun) / 1_000_000);
        }
        assertThat(statuses).hasSize(2_000).containsOnly(404);
        millis.sort(null);
        assertThat(millis.get(millis.size() * 95 / 100)).as("p95, ms").isLessThan(500);
    }

    @Test
    void aPlayerThatTheGateDoesNotTakeLeavesNoSweepBehind() {
        List<Thread> before = sweeps();

        assertThatThrownBy(hub::playerAtClosedGate).hasMessage("the gate is closed");

        assertThat(before).as("those of players that did start").containsAll(sweeps());
    }

    private static List<Thread> sweeps() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("recordings-sweep"))
                .toList();
    }
}
