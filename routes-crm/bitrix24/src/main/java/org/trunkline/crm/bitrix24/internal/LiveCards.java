package org.trunkline.crm.bitrix24.internal;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Candidates;
import org.trunkline.crm.connector.Lane;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Fault;

/** The cards of a call that goes on, and its registration, which they need. */
record LiveCards(Deeds deeds, RecordLog log, Registrar registrar, CallRecord record) {

    /** Registers the call and shows its cards. */
    void open() {
        for (Candidates who = registrar.candidates(log.register()); ; ) {
            String user = who.next();
            registrar.as(user);
            boolean onlyHis = record.cards().equals(Set.of(user));
            List<Command> commands = new ArrayList<>();
            commands.add(registrar.command(user, onlyHis));
            if (!onlyHis) {
                commands.add(Requests.show(Registrar.callIdOf(0), record.cards()));
            }
            remember(record.cards());
            List<String> steps = List.of(log.register(), log.card());
            List<Answer> answers = deeds.send(Lane.CARDS, steps, commands);
            if (deeds.refuses(answers.get(0), user) && who.more()) {
                log.failed(steps, Deeds.refusal(answers.get(0)).text());
                continue;
            }
            registrar.registered(log.register(), steps, answers.get(0));
            card(onlyHis ? List.of() : answers.subList(1, 2));
            return;
        }
    }

    /** Brings the cards of a registered call to what is wanted. */
    void follow(String callId) {
        Set<String> shown = users(log.lastKnown(log.card()).orElse(""));
        boolean known = log.done(log.card()) || shown.isEmpty();
        Set<String> hide = new LinkedHashSet<>(shown);
        hide.removeAll(record.cards());
        Set<String> show = new LinkedHashSet<>(record.cards());
        if (known) {
            show.removeAll(shown);
        }
        List<Command> commands = new ArrayList<>();
        if (!hide.isEmpty()) {
            commands.add(Requests.hide(callId, hide));
        }
        if (!show.isEmpty()) {
            commands.add(Requests.show(callId, show));
        }
        if (!commands.isEmpty()) {
            remember(show);
            card(deeds.send(Lane.CARDS, List.of(log.card()), commands));
        }
    }

    private void remember(Set<String> users) {
        Set<String> all = users(log.lastKnown(log.shownTo()).orElse(""));
        if (!record.createEntities() && all.addAll(users)) {
            log.done(log.shownTo(), String.join(",", all));
        }
    }

    /** A refused card harms nothing else: it is noted, and the call goes on. */
    private void card(List<Answer> answers) {
        for (Answer answer : answers) {
            if (answer instanceof Answer.Lost lost) {
                throw deeds.log().unknown(List.of(log.card()), lost.why());
            }
            if (answer instanceof Answer.Refused refused) {
                log.failed(log.card(), refused.refusal().text());
                Fault fault = refused.refusal().fault();
                if (fault instanceof Fault.Data) {
                    return;
                }
                throw fault;
            }
        }
        log.done(log.card(), String.join(",", record.cards()));
    }

    private static Set<String> users(String list) {
        return list.isEmpty()
                ? new LinkedHashSet<>()
                : new LinkedHashSet<>(List.of(list.split(",")));
    }
}
