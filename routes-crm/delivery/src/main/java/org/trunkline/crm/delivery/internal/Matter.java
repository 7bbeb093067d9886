package org.trunkline.crm.delivery.internal;

import org.trunkline.model.Call;
import org.trunkline.model.Company;
import org.trunkline.model.Decision;
import org.trunkline.model.Integration;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Portal;
import org.trunkline.store.Work;

/** A row with all that it names. */
record Matter(
        Work.Item item,
        Company company,
        Call call,
        PbxAccount account,
        Integration integration,
        Portal portal) {

    /** What was decided about it. */
    record Decided(Matter matter, Decision decision) {}
}
