package org.trunkline.crm.connector.install;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/**
 * Keeps the {@link Progress} of each portal, in one commit with its tokens. Changes are made one at
 * a time, those of hubs that share the database too: an open window lets in one installation.
 */
public final class ProgressBook {

    private static final String NAME = "connection";

    private final Companies companies;

    public ProgressBook(Companies companies) {
        this.companies = companies;
    }

    public Progress of(String company, Portal portal) {
        return Progress.read(stored(company, portal));
    }

    /**
     * @param change from what is stored; throws what is to be thrown instead; called again if
     *     another hub was quicker
     * @param secrets of the portal to be stored with it, by name; empty ones are deleted
     */
    public synchronized Progress change(
            String company,
            Portal portal,
            UnaryOperator<Progress> change,
            Map<String, String> secrets) {
        String key = portal.secretKey(NAME);
        while (true) {
            Optional<String> before = stored(company, portal);
            Progress after = change.apply(Progress.read(before));
            Map<String, String> all = new HashMap<>();
            secrets.forEach((name, value) -> all.put(portal.secretKey(name), value));
            all.put(key, after.text());
            if (before.isEmpty()) {
                companies.putSecrets(company, all);
                return after;
            }
            if (companies.renewSecrets(company, key, before.get(), all)) {
                return after;
            }
        }
    }

    private Optional<String> stored(String company, Portal portal) {
        return companies.secret(company, portal.secretKey(NAME));
    }
}
