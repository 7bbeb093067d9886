package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.crm.connector.Tokens;
import org.trunkline.crm.connector.install.SingleBinding;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/** Which company an account belongs to: one at a time (rule T2). */
public record AccountBinding(Companies companies) {

    /**
     * Notes the account's number, and where it is if it was renamed.
     *
     * @param account as {@code GET /account} shows it
     * @return why it should not be this company's
     */
    public Optional<SingleBinding.Conflict> learn(
            String company, Portal portal, AmocrmTokens tokens, JsonNode account) {
        String id = account.path("id").asText("");
        Optional<SingleBinding.Conflict> elsewhere = elsewhere(company, portal, id);
        if (elsewhere.isPresent() || id.isEmpty()) {
            return elsewhere;
        }
        // The document may lead to another account by now: its book is another too.
        if (!tokens.stored(AmocrmTokens.ACCOUNT_ID).equals(Optional.of(id))) {
            companies.putSecrets(company, Map.of(portal.secretKey(AmocrmTokens.ACCOUNT_ID), id));
        }
        renamed(tokens.base(), account.path("subdomain").asText(""))
                .flatMap(tokens::at)
                .ifPresent(tokens::moved);
        return Optional.empty();
    }

    /** The host of the account by its new name; empty if it bears the same. Simulators have one. */
    private static Optional<String> renamed(URI base, String subdomain) {
        String host = base.getHost();
        int dot = host.indexOf('.');
        boolean vendors = host.matches("(?i)[a-z0-9-]+\\.(amocrm\\.(ru|com)|kommo\\.com)");
        return vendors && !subdomain.isEmpty() && !host.substring(0, dot).equals(subdomain)
                ? Optional.of(subdomain + host.substring(dot))
                : Optional.empty();
    }

    /**
     * @return why the account of this number can't be this company's
     */
    public Optional<SingleBinding.Conflict> elsewhere(
            String company, Portal portal, String accountId) {
        return new SingleBinding(
                        CrmKind.AMOCRM,
                        companies,
                        "switch the integration off in the account; then connect it again")
                .elsewhere(company, portal, (other, its) -> holds(other, its, portal, accountId));
    }

    private boolean holds(String other, Portal theirs, Portal portal, String accountId) {
        return companies
                .secret(other, theirs.secretKey(AmocrmTokens.ACCOUNT_ID))
                .map(accountId::equals)
                .orElseGet(
                        () ->
                                theirs.address().equals(portal.address())
                                        && connected(companies, other, theirs));
    }

    /** Whether the hub holds tokens of the account. */
    public static boolean connected(Companies companies, String company, Portal portal) {
        return Stream.of(Tokens.ACCESS, AmocrmTokens.LONG_LIVED)
                .anyMatch(name -> companies.secret(company, portal.secretKey(name)).isPresent());
    }
}
