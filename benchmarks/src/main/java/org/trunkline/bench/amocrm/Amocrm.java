package org.trunkline.bench.amocrm;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trunkline.bench.load.Crm;
import org.trunkline.bench.load.Firm;
import org.trunkline.model.CrmKind;

/**
 * The simulated account. By the clock the hub asks for changes for its phone book, for users,
 * pipelines and fields; now and then it sees to its tokens and subscriptions.
 */
final class Amocrm implements Crm {
    static final Crm CRM = new Amocrm();

    /** The calls' own look-ups are by {@code query}, by ids, or of one entity. */
    private static final String BY_CLOCK =
            "GET /api/v4/(contacts|companies|leads)(\\?(?!.*\\b(query|filter\\.id)\\b).*)?"
                    + "|GET /api/v4/(account|users|leads/pipelines|events|\\w+/custom_fields)(\\?.*)?"
                    + "|\\w+ /api/v4/webhooks.*"
                    + "|POST /oauth2/access_token";

    /** Main pipeline of a fresh account and its first stage after Unsorted. */
    private static final int PIPELINE = 3383152;

    private static final int STAGE = 33929749;

    /** Responsible for everything. */
    private static final int USER = 7;

    /**
     * After all that a fresh account has. The client base grew over the years: were all of it
     * changed in the same second, each catch-up of the next minutes would read it whole again.
     */
    private static final long FIRST_CHANGE = 1_700_100_000;

    private static final long SECONDS_BETWEEN_CHANGES = 600;

    private Amocrm() {}

    @Override
    public CrmKind kind() {
        return CrmKind.AMOCRM;
    }

    @Override
    public boolean byClock(String name) {
        return name.matches(BY_CLOCK);
    }

    @Override
    public ObjectNode knowing(int count) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        ArrayNode contacts = state.putArray("contacts");
        ArrayNode leads = state.putArray("leads");
        for (int id = 1; id <= count; id++) {
            ObjectNode contact = contacts.addObject().put("id", id).put("name", "Client " + id);
            contact.put("responsible_user_id", USER).put("phone", "+" + Firm.client(id));
            contact.put("updated_at", FIRST_CHANGE + id * SECONDS_BETWEEN_CHANGES);
            ObjectNode lead = leads.addObject().put("id", id).put("name", "Deal " + id);
            lead.put("responsible_user_id", USER);
            lead.put("pipeline_id", PIPELINE).put("status_id", STAGE);
            lead.put("updated_at", FIRST_CHANGE + id * SECONDS_BETWEEN_CHANGES);
            lead.putObject("_embedded").putArray("contacts").addObject().put("id", id);
        }
        return state;
    }
}
