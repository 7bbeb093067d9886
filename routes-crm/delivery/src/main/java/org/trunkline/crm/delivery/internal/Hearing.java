package org.trunkline.crm.delivery.internal;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.trunkline.model.FromCrm;
import org.trunkline.model.PbxAccount;

/** Since when PBXs are heard: that nothing was heard of a call means little before. */
final class Hearing {

    private final Connectors connectors;
    private final Clock clock;
    private final Instant startedAt;

    /** When each account was last found not to be heard. */
    private final Map<String, Instant> deafAt = new ConcurrentHashMap<>();

    Hearing(Connectors connectors, Clock clock) {
        this.connectors = connectors;
        this.clock = clock;
        this.startedAt = clock.instant();
    }

    /** Not before this is a call given up of which this account told nothing. */
    Instant patientUntil(String company, PbxAccount account) {
        String key = company + "/" + account.id();
        if (!connectors.hears(company, account)) {
            deafAt.put(key, clock.instant());
        }
        return deafAt.getOrDefault(key, startedAt).plus(FromCrm.PATIENCE);
    }
}
