package org.trunkline.sandbox.bitrix;

import java.util.Locale;
import org.trunkline.sandbox.http.BadRequest;

/** How the portal's CRM works; decides what {@code CRM_CREATE=1} makes. */
enum CrmMode {
    /** Leads. */
    CLASSIC,
    /** No leads: contact and deal. */
    SIMPLE,
    /** Leads, and a repeat lead for a known client without an active lead or deal. */
    REPEAT,
    /** No leads, and a repeat deal for a known client without an active deal. */
    REPEAT_DEAL;

    String stateName() {
        return this == REPEAT_DEAL ? "repeatDeal" : name().toLowerCase(Locale.ROOT);
    }

    boolean leads() {
        return this == CLASSIC || this == REPEAT;
    }

    boolean repeats() {
        return this == REPEAT || this == REPEAT_DEAL;
    }

    static CrmMode parse(String text) {
        for (CrmMode mode : values()) {
            if (mode.stateName().equals(text)) {
                return mode;
            }
        }
        throw new BadRequest(
                "/mode: \"" + text + "\" is none of classic, simple, repeat, repeatDeal");
    }
}
