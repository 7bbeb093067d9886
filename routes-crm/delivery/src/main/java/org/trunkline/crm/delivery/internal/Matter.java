package org.trunkline.crm.delivery.internal;

import java.time.Instant;
import java.util.Optional;
import org.trunkline.model.Call;
import org.trunkline.model.Client;
import org.trunkline.model.Company;
import org.trunkline.model.Decision;
import org.trunkline.model.Integration;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Portal;
import org.trunkline.model.Settings;
import org.trunkline.rules.Retries;
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

    /** The attempt that follows, if the call is one of a request that reached no employee. */
    Optional<Retries.Again> again(Instant now) {
        return Retries.of(call, integration, settings.callback(), now);
    }

    Matter with(Client found) {
        return new Matter(item, company, call, account, integration, settings, portal, found);
    }

    /** What was decided about it. */
    record Decided(Matter matter, Decision decision) {}
}
