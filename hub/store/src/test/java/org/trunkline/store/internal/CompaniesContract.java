package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.Asterisk;
import org.trunkline.model.Company;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Employee;
import org.trunkline.model.Fault;
import org.trunkline.model.Integration;
import org.trunkline.model.Json;
import org.trunkline.model.Line;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;
import org.trunkline.store.Page;

/** {@link Companies} on any database. */
abstract class CompaniesContract extends StoreContract {

    private static final PhoneNumber NUMBER = new PhoneNumber("+74951000001", "+74951000001");
    private static final String AMI_SECRET = "ami-secret-in-the-clear";
    private static final String TOKEN = "token-in-the-clear";

    @TempDir Path data;
    private JdbcCompanies companies;

    CompaniesContract(TestDatabase kind) {
        super(kind);
    }

    @BeforeEach
    void openCompanies() {
        companies = open();
    }

    private JdbcCompanies open() {
        KeySource key = new KeySource(Optional.empty(), data.resolve("secret.key"));
        return new JdbcCompanies(database, new Secrets(database, key), signals, clock);
    }

    @Test
    void anEmptySecretIsDeletedInTheOthersCommit() {
        companies.put(
                company("acme", List.of("office"), List.of("main")),
                document("first"),
                Map.of("portals/main/auth/a", "1", "portals/main/auth/b", "2"),
                "admin");

        companies.putSecrets("acme", Map.of("portals/main/auth/a", "", "portals/main/auth/c", "3"));

        assertThat(companies.secretKeys("acme"))
                .containsExactlyInAnyOrder("portals/main/auth/b", "portals/main/auth/c");
        assertThat(companies.secret("acme", "portals/main/auth/a")).isEmpty();
    }

    @Test
    void aCompanyIsKnownAtOnceAndAfterAnotherStart() {
        Company acme = company("acme", List.of("office"), List.of("main"));
        companies.put(acme, document("first"), Map.of(), "admin");

        assertThat(companies.find("acme")).contains(acme);
        JdbcCompanies next = open();
        assertThat(next.find("acme")).contains(acme);
        assertThat(next.all()).containsExactly(acme);
        assertThat(next.document("acme")).contains(document("first"));
        assertThat(next.find("beta")).isEmpty();
        assertThat(next.document("beta")).isEmpty();
        assertThat(next.latest("beta")).isEmpty();
        assertThat(next.versions("beta", Optional.empty(), 1).items()).isEmpty();
    }

    @Test
    void everyVersionIsRemembered() {
        Company acme = company("acme", List.of(), List.of());
        var first = clock.instant();
        companies.put(acme, document("first"), Map.of(), "admin");
        clock.advance(Duration.ofHours(1));
        companies.put(acme, document("second"), Map.of(), "ivan");

        Companies.Version one = new Companies.Version(1, "admin", first);
        Companies.Version two = new Companies.Version(2, "ivan", clock.instant());
        Page<Companies.Version> page = companies.versions("acme", Optional.empty(), 1);
        assertThat(page.items()).containsExactly(two);
        assertThat(companies.versions("acme", page.next(), 1))
                .isEqualTo(new Page<>(List.of(one), Optional.empty()));
        assertThat(companies.version("acme", 1))
                .contains(new Companies.Stored(one, document("first")));
        assertThat(companies.version("acme", 3)).isEmpty();
        assertThat(companies.latest("acme"))
                .contains(new Companies.Stored(two, document("second")));
        assertThat(companies.document("acme")).contains(document("second"));
        assertThatThrownBy(() -> companies.versions("acme", Optional.of("x"), 1))
                .isInstanceOf(Fault.Data.class)
                .hasMessageContaining("'x'");
    }

    @Test
    void whatWasMadeFromAnOlderVersionIsNotWritten() {
        Company acme = company("acme", List.of("office"), List.of());
        String secret = "pbx/office/secret";

        assertThat(put(acme, "none before", secret, Optional.of(3))).isEmpty();
        assertThat(companies.latest("acme")).isEmpty();
        assertThat(put(acme, "first", secret, Optional.of(0))).contains(1);
        assertThat(put(acme, "late", secret, Optional.of(0))).isEmpty();
        assertThat(put(acme, "second", secret, Optional.of(1))).contains(2);
        assertThat(put(acme, "late", secret, Optional.of(1))).isEmpty();
        assertThat(put(acme, "third", secret, Optional.empty())).contains(3);

        assertThat(companies.document("acme")).contains(document("third"));
        assertThat(companies.secret("acme", secret)).contains("third");
    }

    @Test
    void ofManyWhoMadeTheirsFromOneVersionOneIsWritten() throws Exception {
        Company acme = company("acme", List.of(), List.of());
        List<Callable<Optional<Integer>>> rivals =
                Stream.of("a", "b", "c", "d")
                        .<Callable<Optional<Integer>>>map(
                                name ->
                                        () ->
                                                open().put(
                                                                acme,
                                                                document(name),
                                                                Map.of(),
                                                                name,
                                                                Optional.of(0)))
                        .toList();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Integer> written = new ArrayList<>();
        try {
            for (Future<Optional<Integer>> done : threads.invokeAll(rivals)) {
                done.get().ifPresent(written::add);
            }
        } finally {
            threads.shutdown();
        }

        assertThat(written).containsExactly(1);
        assertThat(companies.versions("acme", Optional.empty(), 10).items()).hasSize(1);
    }

    private Optional<Integer> put(
            Company company, String name, String secret, Optional<Integer> madeFrom) {
        return companies.put(company, document(name), Map.of(secret, name), "admin", madeFrom);
    }

    @Test
    void listenersHearOfAPutWhenItIsKnown() {
        List<Integer> seen = new ArrayList<>();
        companies.onChange(() -> seen.add(companies.all().size()));

        companies.put(company("acme", List.of(), List.of()), document(""), Map.of(), "admin");

        assertThat(seen).containsExactly(1);
    }

    @Test
    void aRenewalThatWasOvertakenWritesNothing() {
        String refresh = "portals/main/auth/refreshToken";
        companies.put(
                company("acme", List.of(), List.of("main")),
                document(""),
                Map.of(refresh, "given anew"),
                "admin");

        assertThat(companies.renewSecrets("acme", refresh, "used up", Map.of(refresh, "late")))
                .isFalse();
        assertThat(companies.renewSecrets("acme", "never set", "x", Map.of(refresh, "late")))
                .isFalse();

        assertThat(companies.secret("acme", refresh)).contains("given anew");
    }

    @Test
    void whatBelongsToTheCompanyItselfStaysWithEachDocument() {
        putAcme();
        String key = Company.SECRETS + "key";
        companies.putSecrets("acme", Map.of(key, "kept"));
        putAcme();

        assertThat(companies.secret("acme", key)).hasValue("kept");
    }

    @Test
    void ofTwoWhoMakeAFirstSecretOneIsQuicker() {
        putAcme();
        String key = Company.SECRETS + "key";

        assertThat(companies.renewSecrets("acme", key, "", Map.of(key, "first"))).isTrue();
        assertThat(companies.renewSecrets("acme", key, "", Map.of(key, "late"))).isFalse();
        assertThat(companies.secret("acme", key)).hasValue("first");
    }

    @Test
    void secretsStayUnlessGivenAnewOrTheirPartIsGone() {
        Company both = company("acme", List.of("office", "shop"), List.of("main"));
        companies.put(
                both,
                document(""),
                Map.of(
                        "pbx/office/secret", "a",
                        "pbx/shop/secret", "b",
                        "portals/main/auth/accessToken", "c"),
                "admin");
        companies.put(both, document(""), Map.of("pbx/office/secret", "new"), "admin");

        assertThat(companies.secret("acme", "pbx/office/secret")).contains("new");
        assertThat(companies.secret("acme", "pbx/shop/secret")).contains("b");
        assertThat(companies.secret("acme", "portals/main/auth/accessToken")).contains("c");

        companies.put(
                company("acme", List.of("office"), List.of()), document(""), Map.of(), "admin");
        assertThat(companies.secretKeys("acme")).containsExactly("pbx/office/secret");
        assertThat(companies.secret("acme", "pbx/shop/secret")).isEmpty();
    }

    @Test
    void renewedTokensReplaceTheOldOnes() {
        companies.put(
                company("acme", List.of(), List.of("main")),
                document(""),
                Map.of("portals/main/auth/accessToken", "old"),
                "admin");

        boolean first =
                companies.renewSecrets(
                        "acme",
                        "portals/main/auth/accessToken",
                        "old",
                        Map.of(
                                "portals/main/auth/accessToken", "new",
                                "portals/main/auth/refreshToken", "next"));

        assertThat(first).isTrue();
        assertThat(open().secret("acme", "portals/main/auth/accessToken")).contains("new");
        assertThat(open().secret("acme", "portals/main/auth/refreshToken")).contains("next");
        assertThat(companies.versions("acme", Optional.empty(), 10).items()).hasSize(1);
        assertThatThrownBy(() -> companies.putSecrets("beta", Map.of("k", "v")))
                .isInstanceOf(Fault.Data.class)
                .hasMessageContaining("beta");
        assertThat(companies.secretKeys("beta")).isEmpty();
    }

    @Test
    void aSecretCopiedToAnotherPlaceDoesNotOpen() {
        companies.put(
                company("acme", List.of("office"), List.of()),
                document(""),
                Map.of("pbx/office/secret", AMI_SECRET),
                "admin");
        companies.put(company("beta", List.of("office"), List.of()), document(""), Map.of(), "b");
        database.run(
                session ->
                        session.update(
                                "insert into secret select 'beta', name, sealed from secret"));

        assertThatThrownBy(() -> companies.secret("beta", "pbx/office/secret"))
                .isInstanceOf(Fault.Data.class)
                .hasMessageContaining("pbx/office/secret")
                .hasMessageNotContaining(AMI_SECRET);
    }

    @Test
    void theSameSecretLooksDifferentEachTime() {
        companies.put(
                company("acme", List.of("a", "b"), List.of()),
                document(""),
                Map.of("pbx/a/secret", "same", "pbx/b/secret", "same"),
                "admin");

        List<String> stored =
                database.run(
                        session ->
                                session.query(
                                        "select sealed from secret",
                                        row -> Json.write(row.getBytes(1))));
        assertThat(stored).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void secretsAreNowhereInTheDatabasesFiles() throws IOException {
        String marker = "a-name-that-is-no-secret-" + kind;
        companies.put(
                company("acme", List.of("office"), List.of("main")),
                document(marker),
                Map.of("pbx/office/secret", AMI_SECRET, "portals/main/auth/accessToken", TOKEN),
                "admin");
        companies.putSecrets("acme", Map.of("portals/main/auth/accessToken", TOKEN + "-2"));

        // Written at the commit by either: H2 with WRITE_DELAY=0, PostgreSQL to its log.
        assertThat(inFiles(marker)).isTrue();
        assertThat(inFiles(AMI_SECRET)).isFalse();
        assertThat(inFiles(TOKEN)).isFalse();
    }

    private boolean inFiles(String text) throws IOException {
        try (Stream<Path> files = Files.walk(kind.files(folder))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] bytes = Files.readAllBytes(file);
                if (new String(bytes, StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    private void putAcme() {
        companies.put(
                company("acme", List.of("office"), List.of()), document(""), Map.of(), "admin");
    }

    private static JsonNode document(String name) {
        return Json.MAPPER.createObjectNode().put("name", name);
    }

    private static Company company(String id, List<String> pbx, List<String> portals) {
        return new Company(
                id,
                "Acme",
                "RU",
                pbx.stream().map(CompaniesContract::account).toList(),
                portals.stream()
                        .map(
                                p ->
                                        new Portal(
                                                p,
                                                CrmKind.BITRIX24,
                                                "Head office",
                                                URI.create("https://acme.example"),
                                                true))
                        .toList(),
                List.of(
                        new Integration(
                                "office-main",
                                "office",
                                "main",
                                "mikopbx-bitrix24",
                                Map.of("201", "7"),
                                document("settings"))));
    }

    private static PbxAccount account(String id) {
        return new PbxAccount(
                id,
                PbxKind.ASTERISK,
                "127.0.0.1",
                5038,
                false,
                "crm",
                Optional.empty(),
                List.of(new Line(NUMBER, Line.Kind.DIRECT, Optional.of("201"), false)),
                List.of(
                        new Employee(
                                "201",
                                "201",
                                "Ivan Petrov",
                                Optional.empty(),
                                Optional.of(NUMBER),
                                false,
                                true)),
                Optional.of(
                        new Asterisk(
                                List.of("from-trunk"),
                                List.of("internal"),
                                "all_peers",
                                Optional.of("/var/spool/asterisk/monitor"),
                                Optional.empty())));
    }
}
