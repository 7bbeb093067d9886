package org.trunkline.crm.delivery.internal.recordings;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.trunkline.http.HttpGate;
import org.trunkline.http.internal.OpenGate;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Company;
import org.trunkline.model.Confidence;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingPlace;
import org.trunkline.model.RecordingSource;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.internal.OpenStore;
import org.trunkline.store.internal.TestClock;

/**
 * The player behind the real gate, with the real store: companies {@code acme} and {@code rival},
 * each with an Asterisk that records into a folder, and a PBX with an API.
 */
final class Played implements AutoCloseable, RecordingSource {

    static final String FOLDER = "office";
    static final String API = "cloud";

    final TestClock clock = new TestClock();
    final AtomicInteger fetches = new AtomicInteger();
    volatile Fetch pbx = file -> Files.write(file, new byte[] {1});
    final Path root;
    final OpenStore store;
    final SignedLinks links;
    private final OpenGate gate;
    private final RecordingPlayer player;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What the PBX's API does when it is asked for a recording. */
    @FunctionalInterface
    interface Fetch {
        void into(Path file) throws IOException;
    }

    Played(Path folder) throws IOException, SQLException {
        root = Files.createDirectories(folder.resolve("monitor"));
        store = new OpenStore(folder);
        for (String company : List.of("acme", "rival")) {
            put(company);
        }
        gate = new OpenGate(folder);
        links =
                new SignedLinks(
                        store.companies,
                        Optional.of("http://127.0.0.1:" + gate.port() + "/"),
                        clock);
        player = player(gate.gate());
    }

    private RecordingPlayer player(HttpGate at) {
        return new RecordingPlayer(
                at,
                RoutesContext.standalone("player"),
                store.companies,
                store.calls,
                this::place,
                links,
                clock);
    }

    /** As where another bundle has the prefix already. */
    void playerAtClosedGate() {
        HttpGate closed =
                (HttpGate)
                        Proxy.newProxyInstance(
                                HttpGate.class.getClassLoader(),
                                new Class<?>[] {HttpGate.class},
                                (proxy, method, arguments) -> {
                                    throw new IllegalStateException("the gate is closed");
                                });
        player(closed);
    }

    void put(String company) {
        store.companies.put(
                new Company(
                        company,
                        company,
                        "RU",
                        List.of(account(FOLDER, PbxKind.ASTERISK), account(API, PbxKind.MANGO)),
                        List.of(),
                        List.of()),
                JsonNodeFactory.instance.objectNode(),
                Map.of(),
                "test");
    }

    private static PbxAccount account(String id, PbxKind kind) {
        return new PbxAccount(
                id,
                kind,
                "127.0.0.1",
                5038,
                false,
                "crm",
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty());
    }

    private RecordingPlace place(String company, PbxAccount account) {
        return account.kind() == PbxKind.ASTERISK
                ? new RecordingPlace.Folder(root.toString())
                : new RecordingPlace.Api(company, account, this);
    }

    @Override
    public PbxKind kind() {
        return PbxKind.MANGO;
    }

    @Override
    public void fetch(String company, PbxAccount account, Recording recording, File file) {
        fetches.incrementAndGet();
        try {
            pbx.into(file.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A call that ended now. @return its id */
    String call(String company, String account, String key) {
        tell(
                company,
                account,
                key,
                new Fact.Started(
                        Optional.of(Direction.INBOUND), Optional.empty(), Optional.empty()),
                new Fact.Ended(Optional.empty()));
        return Call.id(company, account, key);
    }

    void recorded(String company, String account, String key, String id, String source) {
        tell(company, account, key, new Fact.RecordingReady(id, source));
    }

    private void tell(String company, String account, String key, Fact... facts) {
        List<CallEvent> events = new ArrayList<>();
        Instant now = clock.instant();
        for (Fact fact : facts) {
            events.add(
                    new CallEvent(
                            company,
                            account,
                            key,
                            Optional.empty(),
                            Optional.empty(),
                            now.getEpochSecond() + events.size(),
                            now,
                            now,
                            Confidence.LIVE,
                            fact,
                            ""));
        }
        store.journal.append(events);
        store.journal.unfolded(1_000).forEach(u -> store.calls.fold(u, call -> Set.of()));
    }

    /** A recording in the folder, whole since a while. */
    void write(String name, byte[] bytes) throws IOException {
        Path file = Files.write(root.resolve(name), bytes);
        FileTime longAgo = FileTime.from(clock.instant().minus(Duration.ofMinutes(2)));
        Files.setLastModifiedTime(file, longAgo);
    }

    URI link(String company, String call, String recording) {
        return links.link(company, call, new Recording(recording, "", Optional.empty()))
                .orElseThrow();
    }

    /** Of a new call of acme with this recording in the folder. */
    URI linkOf(String name, byte[] bytes) throws IOException {
        String call = call("acme", FOLDER, "call of " + name);
        recorded("acme", FOLDER, "call of " + name, name, name);
        write(name, bytes);
        return link("acme", call, name);
    }

    HttpResponse<byte[]> get(URI link, String... headers) {
        return send("GET", link, headers);
    }

    HttpResponse<byte[]> send(String method, URI link, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(link)
                        .timeout(Duration.ofSeconds(30))
                        .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        player.stop();
        gate.close();
        store.close();
    }
}
