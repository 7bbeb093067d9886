package org.trunkline.bench.bitrix24;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trunkline.bench.load.Crm;
import org.trunkline.bench.load.Firm;
import org.trunkline.model.CrmKind;

/**
 * The simulated portal. By the clock the hub asks once a minute for its phone book, every few
 * seconds for the queue of events, now and then for the users.
 */
final class Bitrix24 implements Crm {
    static final Crm CRM = new Bitrix24();

    /** Methods that no call asks for; the calls' own look-ups are by {@code crm.item.list}. */
    private static final String BY_CLOCK =
            "crm\\.(contact|company|lead|deal)\\.(list|fields)|crm\\.(status|category)\\.list"
                    + "|telephony\\.externalLine\\..*|event\\..*";

    private Bitrix24() {}

    @Override
    public CrmKind kind() {
        return CrmKind.BITRIX24;
    }

    @Override
    public boolean byClock(String name) {
        return name.matches(BY_CLOCK);
    }

    @Override
    public ObjectNode knowing(int count) {
        ObjectNode state = JsonNodeFactory.instance.objectNode();
        ArrayNode contacts = state.putArray("contacts");
        ArrayNode deals = state.putArray("deals");
        for (int i = 0; i < count; i++) {
            ObjectNode contact = contacts.addObject().put("ID", String.valueOf(i + 1));
            contact.put("NAME", "Client " + i).put("ASSIGNED_BY_ID", "7");
            contact.putArray("PHONE")
                    .addObject()
                    .put("VALUE", "+" + Firm.client(i + 1))
                    .put("VALUE_TYPE", "WORK");
            ObjectNode deal = deals.addObject().put("ID", String.valueOf(i + 1));
            deal.put("TITLE", "Deal " + i).put("ASSIGNED_BY_ID", "7").put("CATEGORY_ID", "0");
            deal.put("STAGE_ID", "NEW").put("STAGE_SEMANTIC_ID", "P").put("CLOSED", "N");
            deal.put("CONTACT_ID", String.valueOf(i + 1));
            deal.putArray("CONTACT_IDS").add(String.valueOf(i + 1));
        }
        return state;
    }
}
