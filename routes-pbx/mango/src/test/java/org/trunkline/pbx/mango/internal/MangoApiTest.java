package org.trunkline.pbx.mango.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.Call;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.Integration;
import org.trunkline.model.Json;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.Recording;
import org.trunkline.pbx.mango.internal.translate.Translator;
import org.trunkline.runtime.HttpOut;
import org.trunkline.runtime.JournalComponent;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.runtime.SpeechTexts;
import org.trunkline.runtime.VendorApi;
import org.trunkline.store.Journal;
import org.trunkline.store.internal.OpenStore;

/** What Mango is asked for: words of talks and recordings. With the real store. */
class MangoApiTest {

    private static final Path CALL =
            Path.of("src/test/resources/sequences/inbound-menu-answered.json");
    private static final String RECORDING = "r500:257";

    /** When the talk of the sequence was over. */
    private static final Instant END = Instant.ofEpochSecond(1795290032);

    private static final List<List<String>> PHRASES =
            List.of(List.of("operator", "добрый день"), List.of("client", "нужна доставка"));

    @TempDir Path folder;
    private OpenStore store;
    private FakeMango mango;
    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private RoutesContext context;
    private MangoApi ask;
    private Company company;
    private volatile Instant now = END.plusSeconds(60);

    @BeforeEach
    void start() throws SQLException, IOException {
        store = new OpenStore(folder);
        mango = new FakeMango();
        provision("{\"speech\":{\"enabled\":true}}", FakeMango.SALT);
        begin();
    }

    private void provision(String settings, String salt) {
        PbxAccount account =
                new PbxAccount(
                        "office",
                        PbxKind.MANGO,
                        "",
                        0,
                        false,
                        "",
                        Optional.of(URI.create(mango.address())),
                        List.of(),
                        List.of(),
                        Optional.empty());
        Integration integration =
                new Integration(
                        "i", "office", "main", "mango-amocrm", Map.of(), Json.tree(settings));
        company =
                new Company(
                        "acme", "Acme", "RU", List.of(account), List.of(), List.of(integration));
        store.companies.put(company, Json.tree("{}"), Map.of(), "test");
        store.companies.putSecrets(
                "acme", Map.of("pbx/office/apiKey", FakeMango.KEY, "pbx/office/apiSalt", salt));
    }

    private void begin() {
        VendorApi api = new VendorApi();
        ask = new MangoApi(api, store.companies, new GivenClock(ZoneOffset.UTC));
        context =
                RoutesContext.standalone("mango")
                        .with("journal", new JournalComponent(store.journal))
                        .with("https", HttpOut.component(timer, Duration.ofSeconds(5)))
                        .start(
                                api,
                                new SpeechTexts(
                                        PbxKind.MANGO,
                                        store.companies,
                                        store.calls,
                                        store.leases,
                                        new GivenClock(ZoneOffset.UTC),
                                        2,
                                        ask::texts));
    }

    /** The test's time. */
    private final class GivenClock extends Clock {
        private final ZoneId zone;

        GivenClock(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new GivenClock(other);
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @AfterEach
    void stop() {
        context.close();
        store.close();
        mango.close();
        timer.shutdownNow();
    }

    private void hear(String kind, String json) {
        store.journal.append(
                Translator.translate(company, company.pbx().get(0), kind, json, Instant.EPOCH));
        fold();
    }

    private void call() throws IOException {
        JsonNode document = Json.tree(Files.readString(CALL));
        for (JsonNode message : document.path("messages")) {
            hear(message.path("kind").asText(), message.path("json").toString());
        }
    }

    private void fold() {
        for (Journal.Unfolded events : store.journal.unfolded(100)) {
            store.calls.fold(events, call -> Set.of());
        }
    }

    private void look() {
        context.camel().createProducerTemplate().sendBody(SpeechTexts.look(PbxKind.MANGO), "");
        fold();
    }

    private Optional<String> words() {
        return store.calls
                .find("acme", Call.id("acme", "office", "E1"))
                .map(call -> call.attributes().get(Call.TRANSCRIPT));
    }

    @Test
    void M5_theWordsAreFetchedByTheRecordingsId_once() throws IOException {
        mango.texts.put(RECORDING, PHRASES);
        call();

        look();
        now = now.plusSeconds(3600);
        look();

        assertThat(words()).contains("Иван: добрый день\nКлиент: нужна доставка");
        assertThat(mango.asked).containsExactly(List.of(RECORDING));
    }

    @Test
    void M5_theEventOfSpeechAnalyticsAloneNamesTheRecordingToo() {
        mango.texts.put("r9", PHRASES);
        hear(
                "summary",
                """
                {"entry_id":"E1","call_direction":1,"from":{"number":"79161234567"},
                 "to":{"extension":"201"},"line_number":"74951000001","create_time":1795290000,
                 "talk_time":1795290012,"end_time":1795290032,"disconnect_reason":1120}""");
        hear(
                "record/tagged",
                """
                {"entry_id":"E1","product_id":1,"user_id":-1,"timestamp":1795290090,
                 "recording_id":"r9"}""");

        look();

        assertThat(words()).isPresent();
    }

    @Test
    void M5_aTextThatIsNotThereYetIsAskedForLessAndLessOften_forADay() throws IOException {
        call();
        for (int minute = 0; minute < 30 * 60; minute++) {
            look();
            now = now.plusSeconds(60);
        }
        assertThat(mango.requests).isBetween(15, 60);
        assertThat(words()).isEmpty();

        mango.texts.put(RECORDING, PHRASES);
        look();
        assertThat(words()).isEmpty();
    }

    @Test
    void M5_hoursWithoutMangoAndARestartLoseNoText() throws IOException {
        call();
        mango.outage = 503;
        for (int i = 0; i < 5; i++) {
            look();
            now = now.plus(Duration.ofHours(1));
        }
        context.close();
        mango.outage = 0;
        mango.texts.put(RECORDING, PHRASES);

        begin();
        look();

        assertThat(words()).isPresent();
    }

    @Test
    void M5_afterARefusalMangoIsLeftAloneForTwoMinutes() throws IOException {
        provision("{\"speech\":{\"enabled\":true}}", "wrong");
        call();
        look();
        now = now.plusSeconds(119);
        look();
        assertThat(mango.requests).isEqualTo(1);
        provision("{\"speech\":{\"enabled\":true}}", FakeMango.SALT);
        mango.texts.put(RECORDING, PHRASES);
        now = now.plusSeconds(12);

        look();

        assertThat(words()).isPresent();
    }

    @Test
    void M5_offNothingIsAskedFor() throws IOException {
        provision("{\"speech\":{\"enabled\":false}}", FakeMango.SALT);
        call();

        look();

        assertThat(mango.requests).isZero();
    }

    @Test
    void M5_allRecordingsOfACallAreWaitedForAnHour_inTheOrderOfTheTalks() throws IOException {
        hear(
                "record/added",
                """
                {"entry_id":"E1","product_id":1,"user_id":-1,"timestamp":1795290050,
                 "recording_id":"a-later-one"}""");
        call();
        mango.texts.put(RECORDING, PHRASES);
        look();
        assertThat(words()).isEmpty();

        mango.texts.put("a-later-one", List.of(List.of("operator", "и ещё")));
        now = now.plusSeconds(1800);
        look();
        assertThat(words()).hasValueSatisfying(w -> assertThat(w).endsWith("\nИван: и ещё"));
    }

    @Test
    void M5_afterAnHourTheTextsThatAreThereMustDo() throws IOException {
        hear(
                "record/added",
                """
                {"entry_id":"E1","product_id":1,"user_id":-1,"timestamp":1795290050,
                 "recording_id":"without-words"}""");
        call();
        mango.texts.put(RECORDING, PHRASES);
        look();
        now = now.plusSeconds(3600);

        look();

        assertThat(words()).isPresent();
    }

    @Test
    void K3_aRecordingIsFetchedByAnAddressThatIsGoodForOneUse() throws IOException {
        Path file = folder.resolve("fetched");
        Recording recording = new Recording(RECORDING, "mango:" + RECORDING, Optional.empty());
        PbxAccount account = company.pbx().get(0);
        assertThatThrownBy(() -> ask.save("acme", account, recording, file))
                .isInstanceOf(Fault.Retryable.class)
                .hasMessageContaining("5000");
        mango.sounds.put(RECORDING, new byte[] {1, 2, 3});

        ask.save("acme", account, recording, file);
        ask.save("acme", account, recording, file);

        assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
    }

    @Test
    void K3_aRecordingThatMangoRefusesIsGivenUpAfterOneMoreTry() {
        mango.refused.put(RECORDING, 3300);
        Recording recording = new Recording(RECORDING, "mango:" + RECORDING, Optional.empty());
        PbxAccount account = company.pbx().get(0);
        Path file = folder.resolve("fetched");
        assertThatThrownBy(() -> ask.save("acme", account, recording, file))
                .isInstanceOf(Fault.Retryable.class);
        now = now.plusSeconds(131);

        assertThatThrownBy(() -> ask.save("acme", account, recording, file))
                .isInstanceOf(Fault.Data.class)
                .hasMessageContaining("3300");
        assertThatThrownBy(() -> ask.save("acme", account, recording, file))
                .as("the pause after a refusal stays")
                .isInstanceOf(Fault.Retryable.class)
                .hasMessageContaining("left alone");
        assertThat(mango.requests).isEqualTo(2);
    }

    @Test
    void K3_anAddressThatIsNoneIsTriedAgainLater() {
        mango.leadTo.put(RECORDING, "https://files.mango-office.ru/talk one.mp3");
        Recording recording = new Recording(RECORDING, "mango:" + RECORDING, Optional.empty());

        assertThatThrownBy(
                        () ->
                                ask.save(
                                        "acme",
                                        company.pbx().get(0),
                                        recording,
                                        folder.resolve("fetched")))
                .isInstanceOf(Fault.Retryable.class)
                .hasMessageContaining("no address");
        assertThat(MangoApi.secure(URI.create("http://files.mango-office.ru/1?a=b")))
                .isEqualTo(URI.create("https://files.mango-office.ru/1?a=b"));
    }

    @Test
    void K3_afterARefusalNoRecordingIsAskedForEither() {
        provision("{}", "wrong");
        Recording recording = new Recording(RECORDING, "mango:" + RECORDING, Optional.empty());
        PbxAccount account = company.pbx().get(0);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(
                            () -> ask.save("acme", account, recording, folder.resolve("fetched")))
                    .isInstanceOfSatisfying(
                            Fault.Retryable.class,
                            f ->
                                    assertThat(f.retryAfter().orElseThrow())
                                            .isGreaterThan(Duration.ofMinutes(2)));
        }
        assertThat(mango.requests).isEqualTo(1);
    }
}
