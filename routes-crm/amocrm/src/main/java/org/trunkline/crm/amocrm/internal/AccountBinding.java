package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.crm.connector.Tokens;
import org.trunkline.model.Company;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/** Which company an account belongs to: one at a time (rule T2). */
public record AccountBinding(Companies companies) {

    /** Why an account is not taken. */
    public record Conflict(String reason, String cure) {}

    /**
     * Notes the account's number, and where it is if it was renamed.
     *
     * @param account as {@code GET /account} shows it
     * @return why it should not be this company's
     */
    public Optional<Conflict> learn(
            String company, Portal portal, AmocrmTokens tokens, JsonNode account) {
        String id = account.path("id").asText("");
        Optional<Conflict> elsewhere =
                elsewhere(company, portal, id).map(other -> conflict(other, portal));
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

    /** {@code company/portal} that holds the account already. */
    public Optional<String> elsewhere(String company, Portal portal, String accountId) {
        return companies.all().stream()
                .flatMap(
                        other ->
                                other.portals().stream()
                                        .filter(p -> p.kind() == CrmKind.AMOCRM)
                                        .filter(
                                                p ->
                                                        !other.id().equals(company)
                                                                || !p.id().equals(portal.id()))
                                        .filter(p -> holds(other, p, portal, accountId))
                                        .map(p -> other.id() + "/" + p.id()))
                .findFirst();
    }

    private boolean holds(Company other, Portal theirs, Portal portal, String accountId) {
        return companies
                .secret(other.id(), theirs.secretKey(AmocrmTokens.ACCOUNT_ID))
                .map(accountId::equals)
                .orElseGet(
                        () ->
                                theirs.address().equals(portal.address())
                                        && connected(companies, other.id(), theirs));
    }

    /** Whether the hub holds tokens of the account. */
    public static boolean connected(Companies companies, String company, Portal portal) {
        return Stream.of(Tokens.ACCESS, AmocrmTokens.LONG_LIVED)
                .anyMatch(name -> companies.secret(company, portal.secretKey(name)).isPresent());
    }

    public static Conflict conflict(String other, Portal portal) {
        return new Conflict(
                portal.address() + " is bound to company " + other.replace("/", ", portal "),
                "release it there (POST /api/v1/companies/"
                        + other.replace("/", "/portals/")
                        + "/release), or switch the integration off in the account; then connect it"
                        + " again");
    }
}
