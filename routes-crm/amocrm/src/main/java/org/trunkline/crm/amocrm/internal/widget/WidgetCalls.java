package org.trunkline.crm.amocrm.internal.widget;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.trunkline.crm.connector.begin.ClickedCalls;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallFold;
import org.trunkline.model.Company;
import org.trunkline.model.FromCrm;
import org.trunkline.model.Portal;
import org.trunkline.store.Calls;

/** Clicks in amoCRM (rule T17), and what became of them. */
final class WidgetCalls {

    private final ClickedCalls clicked;
    private final Calls calls;
    private final Clock clock;

    /** Until then PBXs have yet to be heard: what rang while the hub was down may be a talk. */
    private final Instant patientUntil;

    WidgetCalls(ClickedCalls clicked, Calls calls, Clock clock) {
        this.clicked = clicked;
        this.calls = calls;
        this.clock = clock;
        this.patientUntil = clock.instant().plus(FromCrm.PATIENCE);
    }

    /**
     * What was clicked.
     *
     * @param click the widget's name of the click, the same until an answer came; empty: an older
     *     widget gives none
     */
    record Asked(String number, Optional<String> click) {}

    /**
     * Durable when this returns.
     *
     * @return the hub's id of the call; empty: no PBX is bound to the portal
     */
    Optional<String> click(Company company, Portal portal, DisposableToken token, Asked asked) {
        return clicked.take(
                company,
                portal,
                new ClickedCalls.Click(
                        // A click whose answer was lost comes with a new token.
                        asked.click()
                                .map(click -> "click/" + token.user() + "/" + click)
                                .orElseGet(() -> "click/" + token.id()),
                        Optional.empty(),
                        token.user(),
                        asked.number(),
                        Optional.empty(),
                        false,
                        "click in the widget"));
    }

    /** A call that this very user began in this very portal. */
    Optional<CallCard> card(
            Company company, Portal portal, String user, String id, boolean russian) {
        return call(company.id(), id)
                .filter(
                        call ->
                                FromCrm.of(call)
                                        .filter(b -> b.user().equals(Optional.of(user)))
                                        .flatMap(b -> company.integration(b.integration()))
                                        .filter(i -> i.portal().equals(portal.id()))
                                        .isPresent())
                .map(call -> FromCrm.asOf(call, clock.instant(), patientUntil))
                .map(call -> CallCard.of(call, russian, clock.instant()));
    }

    /** What is in the journal and not folded yet counts already. */
    private Optional<Call> call(String company, String id) {
        return calls.find(company, id).or(() -> heard(calls.events(company, id)));
    }

    private static Optional<Call> heard(List<CallEvent> events) {
        if (events.isEmpty()) {
            return Optional.empty();
        }
        CallEvent first = events.get(0);
        CallFold fold = CallFold.of(first.company(), first.account(), first.callKey());
        for (CallEvent event : events) {
            fold = fold.with(event);
        }
        return Optional.of(fold.call());
    }
}
