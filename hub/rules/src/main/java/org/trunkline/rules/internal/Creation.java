package org.trunkline.rules.internal;

import java.util.Optional;
import org.trunkline.model.Client;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.DocumentReader;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.Kind;
import org.trunkline.model.Settings.Repeat;

/** Whether the hub makes something for a client, and what (rules T14, T15, K4, O6, I4, I5). */
record Creation(
        Client client, CrmKind crm, Settings.Entities settings, boolean inbound, boolean talked) {

    /**
     * What, and why.
     *
     * @param kind empty: nothing
     */
    record Choice(Optional<Kind> kind, Part part) {}

    Choice choose() {
        if (client.known() && settings.repeat() == Repeat.BY_MODE) {
            return nothing("T14", "/entities/repeat", "the CRM knows the number");
        }
        if (client.open().isPresent()) {
            Client.Found open = client.open().get();
            return nothing(
                    "O6",
                    "/entities/repeat",
                    DocumentReader.spelled(open.kind()) + " " + open.id() + " is open");
        }
        if (settings.kind() == Kind.UNSORTED) {
            // The tray takes incoming requests only.
            return inbound
                    ? made(Kind.UNSORTED, "T15", "an incoming call for somebody to sort")
                    : made(Kind.DEAL, "T15", "an outgoing call cannot be unsorted");
        }
        if (settings.kind() == Kind.BY_MODE && crm == CrmKind.AMOCRM) {
            return byOutcome();
        }
        if (client.known()) {
            return made(settings.kind(), "O6", "what there was is closed");
        }
        String rule =
                settings.repeat() == Repeat.WHEN_NO_OPEN
                        ? "O6"
                        : crm == CrmKind.AMOCRM ? "T15" : "T14";
        return made(settings.kind(), rule, "the number is new");
    }

    private Choice byOutcome() {
        if (talked) {
            return made(Kind.DEAL, "I4", "answered, and no deal is open");
        }
        return inbound
                ? made(Kind.UNSORTED, "I5", "missed, and no deal is open")
                : nothing("I4", "/entities/kind", "a failed attempt makes no deal");
    }

    private static Choice made(Kind kind, String rule, String reason) {
        return new Choice(
                Optional.of(kind),
                new Part("entity", DocumentReader.spelled(kind), rule, "/entities/kind", reason));
    }

    private static Choice nothing(String rule, String setting, String reason) {
        return new Choice(Optional.empty(), new Part("entity", "nothing", rule, setting, reason));
    }
}
