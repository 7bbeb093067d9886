package org.trunkline.model;

import java.util.List;
import java.util.Optional;
import org.trunkline.model.Settings.CreateBy;

/** What the parts of one settings document say of each other. */
record SettingsLinks(Settings settings, DocumentReader in, List<DocumentFault> warnings) {

    void check() {
        defaults();
        acceptedOnly();
        FilterReach.check(settings, in);
        nothingToDo();
        nobodyToTell();
    }

    /** I5. */
    private void nobodyToTell() {
        if (settings.notices().missed() && settings.notices().missedUsers().isEmpty()) {
            warn(
                    "/notify/missedUsers",
                    "names nobody: of missed calls without an open deal nobody is told (I5)",
                    "name the CRM users who should hear of them");
        }
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
