package org.trunkline.crm.delivery.internal;

import java.util.stream.Collectors;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Decision;
import org.trunkline.model.PhoneNumber;

/** One line of the log about what a CRM now holds of a call; numbers masked (rule X9). */
record Summary(Matter.Decided decided) {

    @Override
    public String toString() {
        Matter matter = decided.matter();
        return "Call "
                + matter.call().id()
                + " ("
                + matter.call().client().map(PhoneNumber::masked).orElse("hidden number")
                + ", "
                + matter.call().state()
                + ") in "
                + matter.item().company()
                + "/"
                + matter.integration().id()
                + ": "
                + (decided.decision().records().isEmpty() ? omission() : records());
    }

    private String records() {
        return decided.decision().records().stream()
                .map(Summary::text)
                .collect(Collectors.joining("; "));
    }

    private static String text(CallRecord call) {
        String who = call.key() + " of user " + call.user();
        String cards = call.cards().isEmpty() ? "" : ", card for " + call.cards();
        return call.outcome()
                .map(o -> who + " " + o.result() + ", " + o.talkSeconds() + " s" + cards)
                .orElse(who + cards);
    }

    private String omission() {
        return decided.decision().parts().stream()
                .map(Decision.Part::reason)
                .collect(Collectors.joining("; ", "nothing, ", ""));
    }
}
