package org.trunkline.pbx.mango.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.model.Call;
import org.trunkline.model.Company;
import org.trunkline.model.Fact;
import org.trunkline.model.Json;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.pbx.mango.internal.translate.Translator;
import org.trunkline.runtime.JournalComponent;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Journal;
import org.trunkline.store.internal.OpenStore;

/** Calls without a summary, with the real store. */
class UnclosedRouteTest {

    private static final String MENU =
            "{\"entry_id\":\"E1\",\"call_id\":\"i\",\"timestamp\":1795290000,\"seq\":1,"
                    + "\"call_state\":\"Appeared\",\"location\":\"ivr\","
                    + "\"from\":{\"number\":\"79161234567\"},\"to\":{\"number\":\"74951000001\"}}";

    @TempDir Path folder;
    private OpenStore store;
    private RoutesContext context;

    @BeforeEach
    void start() throws SQLException {
        store = new OpenStore(folder);
        PbxAccount account =
                new PbxAccount(
                        "office",
                        PbxKind.MANGO,
                        "",
                        0,
                        false,
                        "",
                        Optional.empty(),
                        List.of(),
                        List.of(),
                        Optional.empty());
        Company company = new Company("acme", "Acme", "RU", List.of(account), List.of(), List.of());
        store.companies.put(company, Json.tree("{}"), Map.of(), "test");
        store.journal.append(Translator.translate(company, account, "call", MENU, Instant.EPOCH));
        fold();
        Clock later = Clock.fixed(Instant.ofEpochSecond(1795290000 + 3600), ZoneOffset.UTC);
        context =
                RoutesContext.standalone("mango")
                        .with("journal", new JournalComponent(store.journal))
                        .start(new UnclosedRoute(store.companies, store.calls, later));
    }

    @AfterEach
    void stop() {
        context.close();
        store.close();
    }

    private void fold() {
        for (Journal.Unfolded events : store.journal.unfolded(10)) {
            store.calls.fold(events, call -> Set.of());
        }
    }

    private void look() {
        context.camel().createProducerTemplate().sendBody("direct:mango-unclosed", "");
    }

    @Test
    void theyEndOnce_X3() {
        look();
        look();

        assertThat(store.journal.unfolded(10))
                .singleElement()
                .satisfies(u -> assertThat(u.events()).hasSize(1))
                .satisfies(
                        u -> assertThat(u.events().get(0).fact()).isInstanceOf(Fact.Ended.class));
        fold();
        assertThat(store.calls.find("acme", Call.id("acme", "office", "E1")))
                .hasValueSatisfying(call -> assertThat(call.ended()).isTrue());
    }

    @Test
    void whileTheStoreIsAwayTheyWait() {
        store.close();

        look();

        assertThat(
                        context.camel()
                                .getRouteController()
                                .getRouteStatus("mango-unclosed")
                                .isStarted())
                .isTrue();
    }
}
