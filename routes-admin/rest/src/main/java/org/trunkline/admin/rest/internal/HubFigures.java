package org.trunkline.admin.rest.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.trunkline.admin.rest.HubHealth;
import org.trunkline.admin.rest.HubState;
import org.trunkline.model.Company;
import org.trunkline.model.Measured;
import org.trunkline.model.PbxAccount;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;

/** The hub's state in figures: store, work, calls, PBX accounts and portals. */
record HubFigures(
        HubHealth health, Supplier<Optional<Companies>> companies, Supplier<Optional<Calls>> calls)
        implements Measured {

    @Override
    public List<Measure> measures() {
        HubState state = health.state();
        boolean store = state.store().state().equals(HubState.OK);
        List<Measure> all = new ArrayList<>();
        all.add(gauge("trunkline_store_up", "1 while the store answers", Map.of(), one(store)));
        state.work().ifPresent(work -> all.addAll(backlog(work)));
        state.pbx()
                .forEach(
                        p ->
                                all.add(
                                        gauge(
                                                "trunkline_pbx_connected",
                                                "1 while the PBX account is connected",
                                                Map.of("company", p.company(), "pbx", p.id()),
                                                one(HubHealth.connected(p.state())))));
        state.portals()
                .forEach(
                        p ->
                                all.add(
                                        gauge(
                                                "trunkline_portal_ok",
                                                "1 while the portal answers, or was not needed yet",
                                                Map.of("company", p.company(), "portal", p.id()),
                                                one(answers(p.state())))));
        if (store) {
            calls.get().ifPresent(c -> all.addAll(open(c)));
        }
        return all;
    }

    private static boolean answers(String portal) {
        return portal.equals(HubState.OK) || portal.equals(HubHealth.UNKNOWN);
    }

    private static List<Measure> backlog(HubState.Backlog work) {
        return List.of(
                rows("waiting", work.waiting()),
                rows("retrying", work.retrying()),
                rows("dead", work.dead()),
                gauge(
                        "trunkline_work_oldest_seconds",
                        "How long the oldest row of work is overdue",
                        Map.of(),
                        work.oldestSeconds()));
    }

    private static Measure rows(String state, long rows) {
        return gauge(
                "trunkline_work_rows",
                "Rows of work for the CRMs by state",
                Map.of("state", state),
                rows);
    }

    private List<Measure> open(Calls known) {
        return companies.get().stream()
                .flatMap(c -> c.all().stream())
                .flatMap(c -> c.pbx().stream().map(p -> open(known, c, p)))
                .toList();
    }

    private static Measure open(Calls calls, Company company, PbxAccount account) {
        return gauge(
                "trunkline_calls_open",
                "Calls that have not ended",
                Map.of("company", company.id(), "pbx", account.id()),
                calls.open(company.id(), account.id()).size());
    }

    private static Measure gauge(
            String name, String help, Map<String, String> labels, double value) {
        return new Measure(name, help, Kind.GAUGE, labels, value);
    }

    private static int one(boolean is) {
        return is ? 1 : 0;
    }
}
