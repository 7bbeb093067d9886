package org.trunkline.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a template may name between {@code {{} and {@code }}} (rules O18, O19), spelled as UIS
 * spells it where UIS has it.
 */
public enum Variable {
    // the call
    CALL_ID("the hub's id of the call"),
    PBX_CALL_ID("the PBX's id of the call"),
    DIRECTION("Входящий or Исходящий"),
    CONTACT_PHONE_NUMBER("the client's number"),
    VIRTUAL_PHONE_NUMBER("the company's number that the client reached or saw"),
    START_DATE("day of the call, 21.11.2026, by the time zone of the hub"),
    START_TIME("time of day, 14:05"),
    TALK_TIME_DURATION("seconds of talk"),
    WAIT_TIME_DURATION("seconds until the answer, or until the end of a missed call"),
    CALL_RESULT("answered, missed, busy, cancelled or failed"),
    // its legs
    EMPLOYEE_FULL_NAME("name of the employee whose call it is"),
    EMPLOYEE_EXTENSION("his extension"),
    FIRST_EMPLOYEE_FULL_NAME("who talked first"),
    LAST_EMPLOYEE_FULL_NAME("who talked last"),
    // the client
    CONTACT_FULL_NAME("the client's name, if the CRM knows it"),
    // the line
    SCENARIO_NAME("scenario of the PBX"),
    LAST_OPERATION("the last operation of the scenario"),
    GROUP_NAME("the group that the visitor chose"),
    // marketing
    CAMPAIGN_NAME("advertising campaign"),
    FIRST_CAMPAIGN_NAME("first advertising campaign"),
    SITE_DOMAIN_NAME("site"),
    CALL_SOURCE("source"),
    UTM_SOURCE("utm_source"),
    UTM_MEDIUM("utm_medium"),
    UTM_CAMPAIGN("utm_campaign"),
    UTM_CONTENT("utm_content"),
    UTM_TERM("utm_term"),
    // the application
    APP_NAME("name of this application in the CRM");

    /** Looked up for each variable of each title and field. */
    private static final Map<String, Variable> BY_SPELLING =
            Arrays.stream(values())
                    .collect(Collectors.toUnmodifiableMap(Variable::spelled, variable -> variable));

    private final String spelled = name().toLowerCase(Locale.ROOT);
    private final String meaning;

    Variable(String meaning) {
        this.meaning = meaning;
    }

    /** As written in a template, such as {@code contact_phone_number}. */
    public String spelled() {
        return spelled;
    }

    /** For people. */
    public String meaning() {
        return meaning;
    }

    static Optional<Variable> of(String spelled) {
        return Optional.ofNullable(BY_SPELLING.get(spelled));
    }

    static List<String> all() {
        return Arrays.stream(values()).map(Variable::spelled).toList();
    }
}
