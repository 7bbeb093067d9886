package org.trunkline.rules.internal;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Leg;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.Audience;

/** Who sees the client's card now (rules T7, T8, K1, M1). */
public record Cards(
        Settings.Popup settings, People people, Set<String> onAnotherCall, CrmKind crm) {

    /** Who, and why. */
    public record Choice(SortedSet<String> users, Part part) {}

    public Choice of(Segment segment) {
        if (!settings.enabled()) {
            return nobody("T7", "/popup/enabled", "cards are switched off");
        }
        if (!segment.inbound() && !settings.outgoing()) {
            return nobody(
                    outgoingRule(), "/popup/outgoing", "cards of outgoing calls are switched off");
        }
        if (segment.over()) {
            return nobody("T7", "", "it is over");
        }
        List<Leg> talking = segment.talkers().stream().filter(leg -> !leg.ended()).toList();
        if (!talking.isEmpty()) {
            return shown(talking, segment.inbound() ? "T8" : outgoingRule(), "kept for who talks");
        }
        if (!segment.inbound()) {
            return shown(
                    segment.legs().stream().filter(Leg::ringing).toList(),
                    outgoingRule(),
                    "calls out");
        }
        List<Leg> rung = segment.legs().stream().filter(Leg::ringing).toList();
        return rung.size() > 1
                ? shown(rung.stream().filter(this::free).toList(), "T8", "rung together")
                : shown(rung, crm == CrmKind.AMOCRM ? "T9" : "T7", "whose phone rings");
    }

    /** T17: a click opened it. */
    static Choice opened(String clicker) {
        return new Choice(
                Collections.unmodifiableSortedSet(new TreeSet<>(Set.of(clicker))),
                new Part("card", clicker, "T17", "", "the CRM opened it for who clicked"));
    }

    private String outgoingRule() {
        return crm == CrmKind.AMOCRM ? "T9" : "K1";
    }

    /** T8: in a ring-all nobody is disturbed who talks to somebody else. */
    private boolean free(Leg leg) {
        return settings.audience() == Audience.RINGING
                || leg.extension().filter(onAnotherCall::contains).isEmpty();
    }

    private Choice shown(List<Leg> legs, String rule, String reason) {
        SortedSet<String> users = new TreeSet<>(people.users(legs));
        if (users.isEmpty()) {
            return nobody("M1", "", "no mapped employee is rung or talks now");
        }
        return new Choice(
                Collections.unmodifiableSortedSet(users),
                new Part("card", String.join(",", users), rule, "/popup/audience", reason));
    }

    private static Choice nobody(String rule, String setting, String reason) {
        return new Choice(
                Collections.emptySortedSet(), new Part("card", "nothing", rule, setting, reason));
    }
}
