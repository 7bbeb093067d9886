package org.trunkline.rules.internal;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.Client;
import org.trunkline.model.Direction;
import org.trunkline.model.DocumentReader;
import org.trunkline.model.Employee;
import org.trunkline.model.Leg;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.TemplateText;
import org.trunkline.model.Variable;

/** What a call gives to the variables of templates (rules O18, O19). */
public record Values(Call call, PbxAccount account, Client client, ZoneId zone) {

    private static final String APPLICATION = "Trunkline";
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("dd.MM.yyyy");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");

    /** The text with this call's values. */
    public String render(String template) {
        return TemplateText.render(template, this::value);
    }

    private String value(Variable variable) {
        return switch (variable) {
            case CALL_ID -> call.id();
            case PBX_CALL_ID -> call.key();
            case DIRECTION -> call.is(Direction.INBOUND) ? "Входящий" : "Исходящий";
            case CONTACT_PHONE_NUMBER -> number(call.client());
            case VIRTUAL_PHONE_NUMBER -> number(call.line());
            case START_DATE -> DATE.format(call.startedAt().atZone(zone));
            case START_TIME -> TIME.format(call.startedAt().atZone(zone));
            case TALK_TIME_DURATION -> String.valueOf(call.talkSeconds());
            case WAIT_TIME_DURATION -> waited();
            case CALL_RESULT -> call.result().map(DocumentReader::spelled).orElse("");
            case EMPLOYEE_FULL_NAME -> employee().map(Employee::name).orElse("");
            case EMPLOYEE_EXTENSION -> employee().map(Employee::extension).orElse("");
            case FIRST_EMPLOYEE_FULL_NAME -> talker(0).map(Employee::name).orElse("");
            case LAST_EMPLOYEE_FULL_NAME ->
                    talker(talkers().size() - 1).map(Employee::name).orElse("");
            case CONTACT_FULL_NAME ->
                    client.contact().or(client::company).map(Client.Found::name).orElse("");
            case SCENARIO_NAME -> attribute("scenario");
            case LAST_OPERATION -> attribute("lastOperation");
            case GROUP_NAME -> attribute("group");
            case CAMPAIGN_NAME -> attribute("campaign");
            case FIRST_CAMPAIGN_NAME -> attribute("firstCampaign");
            case SITE_DOMAIN_NAME -> attribute("site");
            case CALL_SOURCE -> attribute("source");
            case UTM_SOURCE, UTM_MEDIUM, UTM_CAMPAIGN, UTM_CONTENT, UTM_TERM ->
                    attribute(variable.spelled());
            case APP_NAME -> APPLICATION;
        };
    }

    private static String number(Optional<PhoneNumber> number) {
        return number.map(PhoneNumber::value).orElse("");
    }

    private String attribute(String name) {
        return call.attributes().getOrDefault(name, "");
    }

    /** Whose call it is: who talked first, else whose phone rang first. */
    private Optional<Employee> employee() {
        return talker(0).or(() -> call.legs().stream().findFirst().flatMap(this::employee));
    }

    private Optional<Employee> talker(int index) {
        List<Leg> talkers = talkers();
        return index >= 0 && index < talkers.size()
                ? employee(talkers.get(index))
                : Optional.empty();
    }

    private List<Leg> talkers() {
        return Segment.talkers(call.legs());
    }

    private Optional<Employee> employee(Leg leg) {
        return leg.extension().flatMap(account::byExtension);
    }

    private String waited() {
        Optional<Instant> until = call.answeredAt().or(call::endedAt);
        return until.map(at -> Duration.between(call.startedAt(), at).toSeconds())
                .map(seconds -> String.valueOf(Math.max(0, seconds)))
                .orElse("");
    }
}
