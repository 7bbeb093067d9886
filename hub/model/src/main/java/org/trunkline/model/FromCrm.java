package org.trunkline.model;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a call that began in a CRM carries from its first event on, as attributes, so that a hub
 * that dies right after still brings it to its end (rules T17, T19).
 *
 * @param integration where somebody clicked, or a form was sent
 * @param portalCall the CRM's id of the call, if the CRM registered it itself: a click in Bitrix24;
 *     it must be finished and never registered again. Empty: the hub's to write, such as a callback
 * @param user CRM user who clicked; empty for a callback
 * @param line what the CRM named as its line; empty for its default
 * @param russian whether its people are spoken to in Russian, else in English
 * @param clientTried whether an employee picked up, so that the PBX goes on to the client
 * @param setback what was in the way before the PBX was asked, or when it was
 */
public record FromCrm(
        String integration,
        Optional<String> portalCall,
        Optional<String> user,
        Optional<String> line,
        boolean russian,
        boolean clientTried,
        Optional<Setback> setback) {

    /** A PBX that was given the command tells of the first phone within this time. */
    public static final Duration PATIENCE = Duration.ofSeconds(45);

    /** What the hub's own keys of such calls begin with; PBXs take them as theirs. */
    public static final String KEY = "tl-";

    private static final String INTEGRATION = "crmIntegration";
    private static final String CALL = "crmCall";
    private static final String USER = "crmUser";
    private static final String LINE = "crmLine";
    private static final String LANGUAGE = "crmLanguage";
    private static final String CLIENT_TRIED = "crmClientTried";
    private static final String SETBACK = "crmSetback";

    /** What the PBX's translator tells once an employee picked up, or the client is dialled. */
    public static final Map<String, String> THE_CLIENT_IS_TRIED = Map.of(CLIENT_TRIED, "true");

    /** Empty for a call that did not begin in a CRM. */
    public static Optional<FromCrm> of(Call call) {
        Map<String, String> told = call.attributes();
        return Optional.ofNullable(told.get(INTEGRATION))
                .map(
                        integration ->
                                new FromCrm(
                                        integration,
                                        Optional.ofNullable(told.get(CALL)),
                                        Optional.ofNullable(told.get(USER)),
                                        Optional.ofNullable(told.get(LINE)),
                                        "ru".equals(told.get(LANGUAGE)),
                                        told.containsKey(CLIENT_TRIED),
                                        Optional.ofNullable(told.get(SETBACK))
                                                .map(Setback::valueOf)));
    }

    /** As the first event tells it. */
    public Map<String, String> attributes() {
        Map<String, String> told = new LinkedHashMap<>();
        told.put(INTEGRATION, integration);
        portalCall.ifPresent(id -> told.put(CALL, id));
        user.ifPresent(id -> told.put(USER, id));
        line.ifPresent(text -> told.put(LINE, text));
        told.put(LANGUAGE, russian ? "ru" : "en");
        setback.ifPresent(why -> told.putAll(attributes(why)));
        return told;
    }

    /** As a later event tells what was in the way. */
    public static Map<String, String> attributes(Setback why) {
        return Map.of(SETBACK, why.name());
    }

    public boolean isClick() {
        return user.isPresent();
    }

    /**
     * When a call of which the PBX has not told anything is given up; empty: it goes its way, or is
     * over.
     */
    public static Optional<Instant> givenUpAt(Call call) {
        return FromCrm.of(call)
                .filter(begun -> !call.ended() && call.legs().isEmpty() && !begun.clientTried())
                .map(begun -> call.startedAt().plus(PATIENCE));
    }

    /**
     * The call as it counts now: one that the PBX never told of, because the hub died before it
     * gave the command or the PBX fell silent, is over.
     *
     * @param notBefore while the PBX may have yet to be heard, as after a start of the hub: what
     *     rang meanwhile may be a talk by now
     */
    public static Call asOf(Call call, Instant now, Instant notBefore) {
        return givenUpAt(call)
                .filter(at -> !now.isBefore(at) && !now.isBefore(notBefore))
                .map(
                        at -> {
                            Map<String, String> told = new LinkedHashMap<>(call.attributes());
                            told.putIfAbsent(SETBACK, Setback.LOST.name());
                            return call.endedInVain(at, told);
                        })
                .orElse(call);
    }
}
