package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Clock;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Call;
import org.trunkline.model.Client;
import org.trunkline.model.Company;
import org.trunkline.model.Decision;
import org.trunkline.model.Integration;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Portal;
import org.trunkline.model.Settings;
import org.trunkline.rules.Rules;
import org.trunkline.rules.Situation;
import org.trunkline.store.Work;

/** Tries settings on calls, by the same function as delivery; nothing is written (rule X6). */
record DryRun(Company company, Integration integration, Work work, Clock clock) {

    /** What becomes of one call. */
    record Tried(
            String call,
            List<CallView.PartView> now,
            List<CallView.PartView> then,
            @JsonInclude List<Difference> differences) {}

    Tried of(Call call, Settings stored, Settings given) {
        Situation situation = situation(call);
        Decision now = Rules.decide(situation, stored);
        Decision then = Rules.decide(situation, given);
        return new Tried(call.id(), view(now), view(then), Difference.between(now, then));
    }

    /** As delivery sees it. Who talks elsewhere matters only for cards of calls that go on. */
    private Situation situation(Call call) {
        PbxAccount account = company.account(integration.pbx()).orElseThrow();
        Portal portal = company.portal(integration.portal()).orElseThrow();
        return new Situation(
                call,
                Set.of(),
                account,
                integration,
                portal.kind(),
                client(call),
                clock.instant(),
                ZoneId.systemDefault());
    }

    /** As the CRM knew him when the call was delivered; the CRM is not asked again. */
    private Client client(Call call) {
        return work.client(company.id(), call.id(), integration.id()).orElse(Client.UNKNOWN);
    }

    private static List<CallView.PartView> view(Decision decision) {
        return decision.parts().stream().map(CallView.PartView::of).toList();
    }

    /** The answer, the summary first. */
    static Map<String, Object> view(List<Tried> tried, Optional<String> next) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("tried", tried.size());
        view.put("changed", tried.stream().filter(t -> !t.differences().isEmpty()).count());
        view.put("items", tried);
        next.ifPresent(cursor -> view.put("next", cursor));
        return view;
    }
}
