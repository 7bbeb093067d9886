package org.trunkline.rules.internal;

import org.trunkline.model.Decision.Part;
import org.trunkline.model.Line;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.CreateBy;

/** Whether a client whom the CRM does not know becomes a lead, or contact and deal (K4, T14). */
public final class Entities {

    private Entities() {}

    /** Whether, and why. */
    public record Choice(boolean create, Part part) {}

    public static Choice of(Segment segment, PbxAccount account, Settings.Entities settings) {
        if (settings.createBy() == CreateBy.NOBODY) {
            return no("K4", "/entities/createBy", "creation is switched off");
        }
        if (!segment.main()) {
            return no("X1", "", "the call's first record has made what was missing");
        }
        return switchedOn(segment, account, settings, segment.inbound());
    }

    /** T14's three switches. */
    static Choice switchedOn(
            Segment segment, PbxAccount account, Settings.Entities settings, boolean inbound) {
        if (segment.call()
                .client()
                .filter(number -> settings.except().contains(number.value()))
                .isPresent()) {
            return no("K4", "/entities/except", "the number is on the exclusion list");
        }
        String kind = kind(segment, account, inbound);
        boolean wanted =
                switch (kind) {
                    case "outgoing" -> settings.outgoing();
                    case "incomingDirect" -> settings.incomingDirect();
                    default -> settings.incomingMultichannel();
                };
        return wanted
                ? new Choice(
                        true,
                        new Part(
                                "entity",
                                "portal",
                                "K4",
                                "/entities/createBy",
                                "the portal makes what its mode asks for, if the number is new"))
                : no("T14", "/entities/" + kind, "switched off for such calls");
    }

    /** A line that is not described counts as multichannel. */
    private static String kind(Segment segment, PbxAccount account, boolean inbound) {
        if (!inbound) {
            return "outgoing";
        }
        boolean direct =
                segment.call()
                        .line()
                        .flatMap(account::line)
                        .filter(line -> line.kind() == Line.Kind.DIRECT)
                        .isPresent();
        return direct ? "incomingDirect" : "incomingMultichannel";
    }

    private static Choice no(String rule, String setting, String reason) {
        return new Choice(false, new Part("entity", "nothing", rule, setting, reason));
    }
}
