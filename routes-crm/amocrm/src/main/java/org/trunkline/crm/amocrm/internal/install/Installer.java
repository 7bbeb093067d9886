package org.trunkline.crm.amocrm.internal.install;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.crm.amocrm.internal.AccountBinding;
import org.trunkline.crm.amocrm.internal.AmocrmTokens;
import org.trunkline.crm.amocrm.internal.directory.AccountLinks;
import org.trunkline.crm.connector.Tokens;
import org.trunkline.crm.connector.install.Admission;
import org.trunkline.crm.connector.install.ConnectionWatch;
import org.trunkline.crm.connector.install.ProgressBook;
import org.trunkline.crm.connector.install.SingleBinding;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/**
 * Takes consents and takes them back (rules T1, T2). Whoever comes must bring the one-time value
 * that an administrator of the hub was given, and the account itself must answer to the tokens that
 * its code was exchanged for.
 */
final class Installer {

    /** Name of the secret that opens the door once. */
    static final String STATE = "consentState";

    private static final Admission.Way WAY =
            new Admission.Way(
                    List.of(
                            Tokens.ACCESS,
                            Tokens.REFRESH,
                            AmocrmTokens.LONG_LIVED,
                            AmocrmTokens.ACCOUNT_ID,
                            AmocrmTokens.HOST,
                            STATE),
                    "a consent came without an open installation, or with a value that was used",
                    "follow the address that it answers");

    private final Companies companies;
    private final AccountLinks links;
    private final AccountBinding binding;
    private final Admission admission;

    Installer(
            Companies companies,
            AccountLinks links,
            ProgressBook progress,
            ConnectionWatch.Teller teller,
            Clock clock) {
        this.companies = companies;
        this.links = links;
        this.binding = new AccountBinding(companies);
        this.admission = new Admission(progress, teller, WAY, clock);
    }

    /**
     * Connects the account.
     *
     * @throws Fault.Retryable if the account can't be asked, or the store not be written
     */
    Result install(String company, Portal portal, Consent consent) {
        if (!invited(company, portal, consent)) {
            admission.knocked(company, portal);
            return Result.NOT_OPEN;
        }
        if (consent.code().isEmpty()) {
            admission.refused(
                    company,
                    portal,
                    "whoever followed the address did not consent",
                    "follow it again as an administrator of the account, and allow it");
            return Result.REFUSED_BY_USER;
        }
        AmocrmTokens tokens = links.link(company, portal).tokens();
        Optional<URI> base = tokens.at(consent.host());
        if (base.isEmpty()) {
            return notTaken(
                    company,
                    portal,
                    "the consent names a host that is not amoCRM's",
                    "follow the address that GET …/installation shows");
        }
        try {
            return taken(company, portal, tokens, base.get(), consent.code().get());
        } catch (Fault.Auth no) {
            return notTaken(company, portal, no.getMessage(), no.cure());
        }
    }

    private Result taken(
            String company, Portal portal, AmocrmTokens tokens, URI base, String code) {
        Map<String, String> given = tokens.exchange(base, code);
        JsonNode account = tokens.account(base, given.get(Tokens.ACCESS));
        String id = account.path("id").asText("");
        boolean same =
                base.getHost().equalsIgnoreCase(portal.address().getHost())
                        || tokens.stored(AmocrmTokens.ACCOUNT_ID).filter(id::equals).isPresent();
        if (!same || id.isEmpty()) {
            return notTaken(
                    company,
                    portal,
                    "the consent is of " + base + ", and the document names " + portal.address(),
                    "consent in the account of the document, or correct the portal's address");
        }
        Optional<SingleBinding.Conflict> elsewhere = binding.elsewhere(company, portal, id);
        if (elsewhere.isPresent()) {
            return notTaken(company, portal, elsewhere.get().reason(), elsewhere.get().cure());
        }
        Map<String, String> secrets = new HashMap<>(given);
        secrets.put(AmocrmTokens.ACCOUNT_ID, id);
        admission.connected(company, portal, true, secrets);
        return Result.CONNECTED;
    }

    /** Whether it is the value that the last opening gave, and the time is not over. */
    private boolean invited(String company, Portal portal, Consent consent) {
        boolean same =
                companies
                        .secret(company, portal.secretKey(STATE))
                        .filter(stored -> Admission.same(stored, consent.state()))
                        .isPresent();
        boolean other =
                consent.clientId()
                        .filter(
                                id ->
                                        !companies
                                                .secret(company, portal.secretKey("clientId"))
                                                .equals(Optional.of(id)))
                        .isPresent();
        return same && !other && admission.open(company, portal);
    }

    /** See {@link Admission#release}. */
    void release(String company, Portal portal, String by) {
        admission.release(company, portal, by);
    }

    private Result notTaken(String company, Portal portal, String reason, String cure) {
        admission.refused(company, portal, reason, cure);
        return Result.NOT_TAKEN;
    }
}
