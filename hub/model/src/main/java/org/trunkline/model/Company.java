package org.trunkline.model;

import java.util.List;
import java.util.Optional;

/**
 * A tenant: its PBX accounts, its portals, and which of them are bound together. Read from the
 * provisioning document by {@link CompanyDocument}.
 *
 * @param region ISO 3166-1 alpha-2 code that national phone numbers belong to
 */
public record Company(
        String id,
        String name,
        String region,
        List<PbxAccount> pbx,
        List<Portal> portals,
        List<Integration> integrations) {

    /** What the names of a company's own secrets begin with, those of none of its parts. */
    public static final String SECRETS = "company/";

    public Optional<PbxAccount> account(String accountId) {
        return pbx.stream().filter(a -> a.id().equals(accountId)).findFirst();
    }

    public Optional<Portal> portal(String portalId) {
        return portals.stream().filter(p -> p.id().equals(portalId)).findFirst();
    }

    public Optional<Integration> integration(String integrationId) {
        return integrations.stream().filter(i -> i.id().equals(integrationId)).findFirst();
    }
}
