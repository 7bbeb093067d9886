package org.trunkline.admin.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.action.command.ManagerImpl;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.admin.rest.HubHealth;
import org.trunkline.admin.rest.Provisioning;
import org.trunkline.admin.rest.UserCheck;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Confidence;
import org.trunkline.model.Direction;
import org.trunkline.model.Fact;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PhoneNumber;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;
import org.trunkline.store.Work;
import org.trunkline.store.internal.OpenStore;

/** The commands typed into a real Karaf shell, over the real store. */
class CommandsTest {

    private static final String ACME =
            """
            {"name":"Acme",
             "pbx":[{"id":"office","kind":"asterisk","host":"127.0.0.1","username":"crm",
                     "secret":"ami-word",
                     "employees":[{"id":"ivan","extension":"201","name":"Ivan Petrov"}]}],
             "portals":[{"id":"main","kind":"bitrix24","address":"https://acme.bitrix24.ru",
                         "auth":{"accessToken":"at-word","refreshToken":"rt-word"}}],
             "integrations":[{"id":"office-main","pbx":"office","portal":"main",
                              "preset":"mikopbx-bitrix24",
                              "mapping":[{"employee":"ivan","user":"7"}]}]}""";

    @TempDir private Path folder;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private OpenStore store;
    private Companies companies;
    private Journal journal;
    private Calls calls;
    private Work work;
    private HubHealth health;
    private final UserCheck users = new UserCheck(List.of(), List.of());
    private ThreadIOImpl threads;
    private Session shell;

    @BeforeEach
    void start() throws Exception {
        store = new OpenStore(folder);
        companies = store.companies;
        journal = store.journal;
        calls = store.calls;
        work = store.work;
        PbxHealth refused = new PbxHealth("acme", "office", "refused", "wrong secret", "mend it");
        health =
                new HubHealth(
                        companies, work, List.of(() -> List.of(refused)), List.of(), List.of());
        threads = new ThreadIOImpl();
        threads.start();
        SessionFactoryImpl factory = new SessionFactoryImpl(threads);
        ManagerImpl commands = new ManagerImpl(factory.getRegistry(), factory.getRegistry());
        for (Object service :
                List.of(new Provisioning(companies, users), companies, calls, work, health)) {
            factory.getRegistry().register(service);
        }
        for (Class<?> command :
                List.of(
                        ApplyCommand.class,
                        CallsCommand.class,
                        WorkCommand.class,
                        VersionsCommand.class,
                        RestoreCommand.class,
                        HealthCommand.class)) {
            commands.register(command);
        }
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        shell = factory.create(new ByteArrayInputStream(new byte[0]), out, out);
        shell.put("USER", "anna");
    }

    @AfterEach
    void stop() {
        shell.close();
        threads.stop();
        health.stop();
        users.stop();
        store.close();
    }

    @Test
    void applyTakesTheCompanysKeyFromTheFilesName() throws Exception {
        assertThat(run("trunkline:apply " + file("acme.json", ACME)))
                .contains("acme")
                .contains("Warning: /portals/0: its users could not be checked");

        assertThat(companies.find("acme").orElseThrow().name()).isEqualTo("Acme");
        assertThat(companies.latest("acme").orElseThrow().version().author()).isEqualTo("anna");
    }

    @Test
    void applyTakesTheCompanysKeyFromItsOption() throws Exception {
        run("trunkline:apply --company other " + file("acme.json", ACME));

        assertThat(companies.find("other")).isPresent();
        assertThat(companies.find("acme")).isEmpty();
    }

    @Test
    void applyRefusesAWrongDocumentWholeWithPlaceAndCureOfEachMistake() throws Exception {
        Path wrong =
                file(
                        "acme.json",
                        ACME.replace("mikopbx-bitrix24", "nobody").replace("\"Acme\"", "7"));

        assertThatThrownBy(() -> run("trunkline:apply " + wrong))
                .hasMessageContaining("refused whole");
        assertThat(text())
                .contains("/name: must be a text")
                .contains("/integrations/0/preset: 'nobody' is not known (give one of");
        assertThat(companies.all()).isEmpty();
    }

    @Test
    void applyTellsLineAndColumnOfWhatIsNoJson() throws Exception {
        Path broken = file("acme.json", "{\"name\":\"Acme\",\n oops}");

        assertThatThrownBy(() -> run("trunkline:apply " + broken))
                .hasMessageContaining("line 2, column");
    }

    @Test
    void applyTellsOfAFileThatIsNotThere() {
        assertThatThrownBy(() -> run("trunkline:apply " + folder.resolve("none.json")))
                .hasMessageContaining("there is no file")
                .hasMessageContaining("none.json");
    }

    @Test
    void X6_versionsAreListedWithWhatEachChangedAndRestored() throws Exception {
        run("trunkline:apply " + file("acme.json", ACME));
        run("trunkline:apply " + file("acme.json", ACME.replace("Ivan Petrov", "Ivan Sidorov")));

        assertThat(run("trunkline:versions acme"))
                .containsPattern("2 +[|│] \\S+Z +[|│] anna +[|│] /pbx/0/employees/0/name")
                .containsPattern("1 +[|│] \\S+Z +[|│] anna +[|│] /name /pbx");
        assertThat(run("trunkline:versions --limit 1 acme")).doesNotContain("/name /pbx");

        shell.put("USER", "boris");
        assertThat(run("trunkline:restore acme 1")).contains("version 3");

        assertThat(companies.find("acme").orElseThrow().pbx().get(0).employees().get(0).name())
                .isEqualTo("Ivan Petrov");
        assertThat(companies.latest("acme").orElseThrow().version().author()).isEqualTo("boris");
        assertThat(companies.secret("acme", "pbx/office/secret")).contains("ami-word");
        assertThatThrownBy(() -> run("trunkline:restore acme 9"))
                .hasMessageContaining("'9'")
                .hasMessageContaining("trunkline:versions");
    }

    @Test
    void callsAreListedAsATable() throws Exception {
        run("trunkline:apply " + file("acme.json", ACME));
        String id = missedCall();

        assertThat(run("trunkline:calls --limit 1 acme"))
                .contains("Client")
                .contains("2026-11-21T19:44:20.000Z")
                .contains("inbound")
                .contains("+79161234567")
                .contains("201")
                .contains("missed")
                .contains(id);
    }

    @Test
    void anUnknownCompanyOrAWrongLimitIsToldWithTheCure() throws Exception {
        run("trunkline:apply " + file("acme.json", ACME));

        assertThatThrownBy(() -> run("trunkline:calls acne"))
                .hasMessageContaining("'acne'")
                .hasMessageContaining("known: acme");
        assertThatThrownBy(() -> run("trunkline:calls --limit 501 acme"))
                .hasMessageContaining("1 to 500");
        assertThatThrownBy(() -> run("trunkline:work nobody")).hasMessageContaining("'nobody'");
    }

    @Test
    void workShowsDeadLettersWithTheirError() throws Exception {
        run("trunkline:apply " + file("acme.json", ACME));
        assertThat(run("trunkline:work acme")).contains("nothing is left to do");
        String call = missedCall();
        work.dead(work.due(1, Set.of()).get(0), "no such user");

        assertThat(run("trunkline:work acme"))
                .contains(call)
                .contains("office-main")
                .contains("dead")
                .contains("no such user");
    }

    @Test
    void healthShowsWhoIsIllAndTheCure() throws Exception {
        run("trunkline:apply " + file("acme.json", ACME));

        assertThat(run("trunkline:health"))
                .containsPattern("hub +[|│] degraded")
                .containsPattern("store +[|│] ok")
                .containsPattern("pbx acme/office +[|│] refused +[|│] wrong secret +[|│] mend it")
                .containsPattern("portal acme/main +[|│] unknown")
                .contains("Work: 0 waiting, 0 retrying, 0 dead");
    }

    private String run(String command) throws Exception {
        printed.reset();
        shell.execute(command);
        return text();
    }

    private String text() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    /** A call that rang at 201 in vain, folded; its id. */
    private String missedCall() {
        journal.append(
                List.of(
                        event(
                                0,
                                Optional.empty(),
                                new Fact.Started(
                                        Optional.of(Direction.INBOUND),
                                        PhoneNumber.read("89161234567", "RU"),
                                        Optional.empty())),
                        event(1, Optional.of("a"), new Fact.LegRinging("201")),
                        event(20, Optional.empty(), new Fact.Ended(Optional.empty()))));
        return calls.fold(journal.unfolded(1).get(0), call -> Set.of("office-main")).id();
    }

    private static CallEvent event(int seconds, Optional<String> leg, Fact fact) {
        Instant at = Instant.parse("2026-11-21T19:44:20Z").plusSeconds(seconds);
        return new CallEvent(
                "acme",
                "office",
                "1795290262.0",
                leg,
                Optional.empty(),
                seconds,
                at,
                at,
                Confidence.LIVE,
                fact,
                "");
    }
}
