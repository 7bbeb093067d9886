package org.trunkline.crm.delivery.internal;

import org.trunkline.model.Call;
import org.trunkline.model.Client;
import org.trunkline.model.Company;
import org.trunkline.model.Decision;
import org.trunkline.model.Integration;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Portal;
import org.trunkline.model.Settings;
import org.trunkline.store.Work;

/** A row with all that it names. */
record Matter(
        Work.Item item,
        Company company,
        Call call,
        PbxAccount account,
        Integration integration,
        Settings settings,
        Portal portal,
        Client client) {

    Matter with(Client found) {
        return new Matter(item, company, call, account, integration, settings, portal, found);
    }

    /** What was decided about it. */
    record Decided(Matter matter, Decision decision) {}
}
