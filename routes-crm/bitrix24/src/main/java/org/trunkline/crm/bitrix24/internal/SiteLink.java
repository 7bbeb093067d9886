package org.trunkline.crm.bitrix24.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.trunkline.crm.bitrix24.internal.directory.PortalLinks;
import org.trunkline.crm.bitrix24.internal.directory.Question;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Courier;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.Fault;

/** The directory's way through a portal's courier. */
record SiteLink(Courier<Parcel> courier) implements PortalLinks.Link {

    @Override
    public List<Told> now(List<Question> questions) {
        return ask(Lane.CARDS, questions);
    }

    @Override
    public List<Told> inTurn(List<Question> questions) {
        return ask(Lane.BACKLOG, questions);
    }

    private List<Told> ask(Lane lane, List<Question> questions) {
        List<Command> commands = questions.stream().map(SiteLink::command).toList();
        return courier.send(new Parcel(lane, commands)).stream().map(SiteLink::told).toList();
    }

    private static Command command(Question question) {
        Map<String, Object> params = new LinkedHashMap<>();
        question.params().forEach((name, value) -> params.put(name, value(value)));
        return new Command(question.method(), params);
    }

    private static Object value(Object value) {
        if (value instanceof Question.Of of) {
            return new Command.ResultOf(of.index(), of.path());
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> inner = new LinkedHashMap<>();
            map.forEach((key, one) -> inner.put(key, value(one)));
            return inner;
        }
        return value;
    }

    private static Told told(Answer answer) {
        try {
            return new Told.Given(answer.value());
        } catch (Fault no) {
            return new Told.Refused(no);
        }
    }
}
