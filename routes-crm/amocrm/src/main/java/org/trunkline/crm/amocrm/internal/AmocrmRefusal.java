package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.StreamSupport;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Refusal;
import org.trunkline.model.Fault;

/**
 * The account's no, by the tables in docs/amocrm.md.
 *
 * @param what was asked for
 * @param status HTTP status of the whole reply
 * @param said for people: title, detail, and what is wrong with which field
 * @param paths of the fields that are wrong
 */
record AmocrmRefusal(String what, int status, String said, List<String> paths) implements Refusal {

    /** The call's number belongs to nobody in the account. */
    private static final String NOBODY = "entity not found";

    /** Refusals of this connector are all of this kind. */
    static AmocrmRefusal of(Answer.Refused answer) {
        return (AmocrmRefusal) answer.refusal();
    }

    /** Of a reply's own words, or of one of its items. */
    static AmocrmRefusal of(String what, int status, JsonNode words) {
        StringJoiner said = new StringJoiner(", ");
        for (String part : new String[] {"title", "hint", "detail"}) {
            String text = words.path(part).asText("");
            if (!text.isEmpty()) {
                said.add(text);
            }
        }
        words.path("errors")
                .forEach(
                        error ->
                                said.add(
                                        (error.path("path").asText("")
                                                        + " "
                                                        + error.path("code").asText("")
                                                        + " "
                                                        + error.path("detail").asText(""))
                                                .strip()));
        return new AmocrmRefusal(
                what,
                status,
                said.toString(),
                StreamSupport.stream(words.path("errors").spliterator(), false)
                        .map(error -> error.path("path").asText(""))
                        .toList());
    }

    /** Nobody in the account has the number: a call is not kept. */
    boolean nobody() {
        return said.toLowerCase(Locale.ROOT).contains(NOBODY);
    }

    /** A user who is not there any more, or may not. */
    boolean noSuchUser() {
        return names("responsible_user_id") || names("created_by") || names("call_responsible");
    }

    /** A pipeline or stage that is not there any more. */
    boolean noSuchStage() {
        return names("pipeline_id") || names("status_id");
    }

    /** A contact or company that a deal was to have, and that is not there any more. */
    boolean noSuchOwner() {
        return names("_embedded.contacts") || names("_embedded.companies");
    }

    private boolean names(String field) {
        return status == 400 && paths.stream().anyMatch(path -> path.contains(field));
    }

    @Override
    public boolean broken() {
        return status >= 500;
    }

    @Override
    public boolean gone() {
        return status == 404
                || status == 400
                        && paths.stream().anyMatch(p -> p.equals("id") || p.equals("entity_id"));
    }

    @Override
    public String text() {
        return "amoCRM refused " + what + ": " + status + (said.isEmpty() ? "" : " " + said);
    }

    @Override
    public Fault fault() {
        return switch (status) {
            case 401 -> new Fault.Auth(text(), Cures.RECONNECT);
            case 402 -> new Fault.Auth(text(), Cures.UNPAID);
            case 403 -> new Fault.Auth(text(), Cures.NO_RIGHT);
            case 429 -> new Fault.Retryable(text(), Duration.ofSeconds(2));
            default ->
                    broken()
                            ? new Fault.Retryable(text(), Duration.ofSeconds(1))
                            : new Fault.Data(text(), Cures.SEE);
        };
    }
}
