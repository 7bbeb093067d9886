package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.trunkline.admin.rest.Provisioning;
import org.trunkline.model.Call;
import org.trunkline.model.Company;
import org.trunkline.model.DocumentFault;
import org.trunkline.model.Fault;
import org.trunkline.model.Integration;
import org.trunkline.model.Settings;
import org.trunkline.rules.Presets;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Page;
import org.trunkline.store.Work;

/** Settings tried on past calls before they are saved (rule X6). */
final class DryRunRoutes extends JsonRoutes {

    /** Longest page of the store. */
    private static final int PAGE = 500;

    private final Provisioning provisioning;
    private final Companies companies;
    private final Calls calls;
    private final Work work;
    private final Clock clock;

    DryRunRoutes(
            Provisioning provisioning, Companies companies, Calls calls, Work work, Clock clock) {
        this.provisioning = provisioning;
        this.companies = companies;
        this.calls = calls;
        this.work = work;
        this.clock = clock;
    }

    @Override
    void routes() {
        rest("/api/v1/companies/{company}/integrations/{integration}/dry-run")
                .post()
                .to("direct:dry-run");

        from("direct:dry-run").routeId("dry-run").process(answer(this::dryRun));
    }

    private Object dryRun(Request request) {
        Company company = request.company(companies);
        Integration integration = request.integration(company);
        TrialRequest trial = TrialRequest.read(request.object());
        List<DocumentFault> faults = new ArrayList<>(trial.faults());
        if (trial.settings().isObject()) {
            faults.addAll(faults(company, integration, trial.settings()));
        }
        List<Call> named = named(company, integration, trial, faults);
        if (!faults.isEmpty()) {
            throw RequestFault.refused(faults);
        }
        Page<Call> tried =
                trial.calls().isPresent()
                        ? new Page<>(named, Optional.empty())
                        : since(company, trial);
        Settings stored = stored(integration);
        Settings given = Presets.settings(integration.preset(), trial.settings());
        DryRun run = new DryRun(company, integration, work, clock);
        return DryRun.view(
                tried.items().stream()
                        .filter(call -> call.account().equals(integration.pbx()))
                        .map(call -> run.of(call, stored, given))
                        .toList(),
                tried.next());
    }

    /** The same faults that saving these settings would meet. */
    private List<DocumentFault> faults(Company company, Integration integration, JsonNode given) {
        JsonNode document = companies.latest(company.id()).orElseThrow().document();
        SettingsPlace place = SettingsPlace.of(integration, document);
        return place.faults(provisioning.faults(company.id(), place.with(document, given))).stream()
                .map(f -> new DocumentFault("/settings" + f.path(), f.message(), f.cure()))
                .toList();
    }

    private List<Call> named(
            Company company,
            Integration integration,
            TrialRequest trial,
            List<DocumentFault> faults) {
        List<String> ids = trial.calls().orElse(List.of());
        List<Call> found = new ArrayList<>();
        for (int i = 0; i < Math.min(ids.size(), TrialRequest.MOST); i++) {
            String id = ids.get(i);
            String path = "/calls/" + i;
            Optional<Call> call = calls.find(company.id(), id);
            if (call.isEmpty()) {
                faults.add(
                        new DocumentFault(
                                path,
                                "there is no call '" + id + "'",
                                "use ids that /api/v1/companies/" + company.id() + "/calls lists"));
            } else if (!call.get().account().equals(integration.pbx())) {
                faults.add(
                        new DocumentFault(
                                path,
                                "'" + id + "' is a call of PBX " + call.get().account(),
                                "name calls of PBX " + integration.pbx()));
            } else {
                found.add(call.get());
            }
        }
        return found;
    }

    /** The latest first, those of other PBXs too. */
    private Page<Call> since(Company company, TrialRequest trial) {
        List<Call> found = new ArrayList<>();
        Optional<String> cursor = trial.cursor();
        try {
            do {
                int part = Math.min(PAGE, trial.limit() - found.size());
                Page<Call> page = calls.list(company.id(), trial.since(), cursor, part);
                found.addAll(page.items());
                cursor = page.next();
            } while (cursor.isPresent() && found.size() < trial.limit());
        } catch (Fault.Data notOurs) {
            throw RequestFault.wrong(notOurs);
        }
        return new Page<>(found, cursor);
    }

    private static Settings stored(Integration integration) {
        try {
            return Presets.settings(integration.preset(), integration.settings());
        } catch (IllegalArgumentException e) {
            throw RequestFault.wrong(
                    new Fault.Data(
                            "the stored settings can't be used: " + e.getMessage(),
                            "save settings that can"));
        }
    }
}
