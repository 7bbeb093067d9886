package org.trunkline.pbx.asterisk.internal.agi;

import java.util.ArrayList;
import java.util.List;
import org.trunkline.model.CallRouting.Route;
import org.trunkline.runtime.RouteQuestions;
import org.trunkline.runtime.RouteQuestions.Question;
import org.trunkline.runtime.RouteQuestions.Told;
import org.trunkline.runtime.RouteQuestions.Unknown;

/**
 * {@code agi://HOST:PORT/route/{company}/{account}/{secret}}: sets {@code TRUNKLINE_EXTEN}, {@code
 * TRUNKLINE_TIMEOUT} and {@code CALLERID(name)} as far as there is something to set.
 */
public final class RouteScript {

    private static final String NAME = "route";
    private static final int PARTS = 4;

    private final RouteQuestions questions;

    public RouteScript(RouteQuestions questions) {
        this.questions = questions;
    }

    /**
     * The commands that answer a request; none: the dialplan goes its own way.
     *
     * @throws AgiFault if the script, account or secret is not known
     * @throws org.trunkline.model.Fault.Retryable if the store can't be read
     */
    List<String> commands(AgiRequest request) throws AgiFault {
        List<String> path = request.path(PARTS);
        if (path.size() < PARTS || !path.get(0).equals(NAME)) {
            throw new AgiFault("it asks for no script of ours: route/COMPANY/ACCOUNT/SECRET");
        }
        Question question =
                new Question(
                        path.get(1), path.get(2), path.get(3), request.caller(), request.line());
        RouteQuestions.Answer answer = questions.ask(question);
        if (answer instanceof Told told) {
            return commands(told.route());
        }
        throw new AgiFault(
                answer instanceof Unknown
                        ? "there is no Asterisk account of that name"
                        : "wrong secret for " + question);
    }

    /**
     * The extension comes last: a dialplan that was left half-way has no phone to ring rather than
     * one that rings for ever.
     */
    private static List<String> commands(Route route) {
        List<String> commands = new ArrayList<>();
        route.name().ifPresent(name -> commands.add(set("CALLERID(name)", name)));
        route.employee()
                .ifPresent(
                        employee -> {
                            String seconds = String.valueOf(route.attempt().toSeconds());
                            commands.add(set("TRUNKLINE_TIMEOUT", seconds));
                            commands.add(set("TRUNKLINE_EXTEN", employee.extension()));
                        });
        return List.copyOf(commands);
    }

    /** Quotes and backslashes are escaped by a backslash; the end of a line ends the command. */
    private static String set(String variable, String value) {
        String plain = value.replaceAll("\\p{Cntrl}+", " ").strip();
        String escaped = plain.replaceAll("[\"\\\\]", "\\\\$0");
        return "SET VARIABLE " + variable + " \"" + escaped + "\"";
    }
}
