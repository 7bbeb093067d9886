package org.trunkline.model;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Settings.CreateBy;

/** What the parts of one settings document say of each other. */
record SettingsLinks(Settings settings, DocumentReader in, List<DocumentFault> warnings) {

    void check() {
        defaults();
        acceptedOnly();
        unreachableAssignments();
        unreachablePipelines();
        repeatedTemplates();
        nothingToDo();
    }

    /**
     * O9, O12: who is responsible where nobody else is. The order of O8 to O11, its rules and
     * delays cannot do without; for other entities that the hub makes it is who was rung.
     */
    private void defaults() {
        Settings.Responsible who = settings.responsible();
        boolean byHub = settings.entities().createBy() == CreateBy.HUB;
        boolean asked = who.byEntity() || !who.rules().isEmpty() || !who.changeAfter().isZero();
        if ((asked || byHub) && !settings.otherTelephony()) {
            named("incomingDefault", who.incomingDefault(), asked);
            named("outgoingDefault", who.outgoingDefault(), asked);
        }
        if (!byHub && !who.changeAfter().isZero()) {
            in.faultAt(
                    "/responsible/changeAfter",
                    "needs entities that the hub makes (O12)",
                    "set /entities/createBy to hub, or leave it out");
        }
    }

    private void named(String key, Optional<String> user, boolean mandatory) {
        String path = "/responsible/" + key;
        String cure = "name the CRM user who is responsible where nobody else is";
        if (user.isEmpty() && mandatory) {
            in.faultAt(
                    path,
                    "is missing, and responsibles by entity, rules or delay need it (O9)",
                    cure);
        } else if (user.isEmpty()) {
            warn(path, "is missing: calls that rang no mapped employee make nothing (O9)", cure);
        }
    }

    /** O15. */
    private void acceptedOnly() {
        List<String> late =
                settings.filters().incoming().conditions().stream()
                        .map(Filter.Condition::param)
                        .filter(Filter.Param::late)
                        .map(DocumentReader::spelled)
                        .distinct()
                        .toList();
        if (!late.isEmpty()) {
            warn(
                    "/filters/incoming/filter",
                    "asks for "
                            + String.join(", ", late)
                            + ": calls are written only once an employee accepts them, so missed"
                            + " ones never are (O15)",
                    "leave these conditions out if missed calls matter");
        }
    }

    private void unreachableAssignments() {
        List<Settings.Assignment> rules = settings.responsible().rules();
        for (int i = 0; i < rules.size() - 1; i++) {
            if (rules.get(i).filter().conditions().isEmpty()) {
                in.faultAt(
                        "/responsible/rules/" + (i + 1),
                        "can never match: rule " + i + " before it takes every call",
                        "move it up, or give rule " + i + " a filter");
                return;
            }
        }
    }

    private void unreachablePipelines() {
        List<Settings.PipelineRule> rules = settings.pipelines().rules();
        Set<Direction> taken = new HashSet<>();
        for (int i = 0; i < rules.size(); i++) {
            Settings.PipelineRule rule = rules.get(i);
            if (taken.contains(rule.direction())) {
                in.faultAt(
                        "/pipelines/rules/" + i,
                        "can never match: a rule before it takes every such call",
                        "move it up, or give that rule a filter");
            }
            if (rule.filter().conditions().isEmpty()) {
                if (rule.mode() == Filter.Mode.EXCLUDE) {
                    in.faultAt(
                            "/pipelines/rules/" + i,
                            "can never match: it excludes every call",
                            "give it a filter");
                } else {
                    taken.add(rule.direction());
                }
            }
        }
    }

    private void repeatedTemplates() {
        List<Settings.Template> templates = settings.templates();
        Set<List<Object>> taken = new HashSet<>();
        for (int i = 0; i < templates.size(); i++) {
            Settings.Template one = templates.get(i);
            List<Object> whole = List.of(one.direction(), one.entity());
            if (taken.contains(whole)) {
                in.faultAt(
                        "/templates/" + i,
                        "can never be used: one before it, without a filter, takes every such call",
                        "move it up, or give that one a filter");
            }
            if (one.filter().conditions().isEmpty()) {
                taken.add(whole);
            }
        }
    }

    /** O17: the usual reason why nothing is created. */
    private void nothingToDo() {
        boolean nothing =
                !settings.popup().enabled()
                        && !settings.record().incoming()
                        && !settings.record().outgoing();
        if (nothing && !settings.otherTelephony()) {
            warn(
                    "/record",
                    "is off for both directions, and cards are off: the CRM hears of no call",
                    "switch on /record/incoming, /record/outgoing or /popup/enabled");
        }
    }

    private void warn(String path, String message, String cure) {
        warnings.add(new DocumentFault(path, message, cure));
    }
}
