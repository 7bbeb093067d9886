package org.trunkline.crm.amocrm.internal.install;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.amocrm.internal.AccountBinding;
import org.trunkline.crm.amocrm.internal.AmocrmTokens;
import org.trunkline.crm.amocrm.internal.Cures;
import org.trunkline.crm.amocrm.internal.directory.AccountLinks;
import org.trunkline.crm.connector.Tokens;
import org.trunkline.crm.connector.install.ProgressBook;
import org.trunkline.crm.connector.portal.Rejected;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalConnection.Refusal;
import org.trunkline.store.Companies;

/**
 * Takes consents and takes them back (rules T1, T2). Whoever comes must bring the one-time value
 * that an administrator of the hub was given, and the account itself must answer to the tokens that
 * its code was exchanged for.
 */
final class Installer {

    /** Name of the secret that opens the door once. */
    static final String STATE = "consentState";

    private static final Logger LOG = LoggerFactory.getLogger(Installer.class);

    /** Strangers may knock as often as they like: so often is it written down. */
    private static final Duration BETWEEN_REFUSALS = Duration.ofMinutes(1);

    private static final Map<String, String> NO_SECRETS =
            Map.of(
                    Tokens.ACCESS,
                    "",
                    Tokens.REFRESH,
                    "",
                    AmocrmTokens.LONG_LIVED,
                    "",
                    AmocrmTokens.ACCOUNT_ID,
                    "",
                    AmocrmTokens.HOST,
                    "",
                    STATE,
                    "");

    private final Companies companies;
    private final AccountLinks links;
    private final AccountBinding binding;
    private final ProgressBook progress;
    private final Clock clock;

    Installer(Companies companies, AccountLinks links, ProgressBook progress, Clock clock) {
        this.companies = companies;
        this.links = links;
        this.binding = new AccountBinding(companies);
        this.progress = progress;
        this.clock = clock;
    }

    /**
     * Connects the account.
     *
     * @throws Fault.Retryable if the account can't be asked, or the store not be written
     */
    Result install(String company, Portal portal, Consent consent) {
        if (!invited(company, portal, consent)) {
            knocked(company, portal);
            return Result.NOT_OPEN;
        }
        if (consent.code().isEmpty()) {
            note(
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
        Optional<String> elsewhere = binding.elsewhere(company, portal, id);
        if (elsewhere.isPresent()) {
            AccountBinding.Conflict conflict = AccountBinding.conflict(elsewhere.get(), portal);
            return notTaken(company, portal, conflict.reason(), conflict.cure());
        }
        Map<String, String> secrets = new HashMap<>(NO_SECRETS);
        secrets.putAll(given);
        secrets.put(AmocrmTokens.ACCOUNT_ID, id);
        progress.change(
                company,
                portal,
                before -> {
                    // Another one was quicker with the same value.
                    if (!before.isOpen(clock.instant())) {
                        throw Rejected.stranger();
                    }
                    return before.connected(clock.instant());
                },
                secrets);
        links.link(company, portal).vitals().well();
        LOG.info("Portal {}/{} was connected", company, portal.id());
        return Result.CONNECTED;
    }

    /** Whether it is the value that the last opening gave, and the time is not over. */
    private boolean invited(String company, Portal portal, Consent consent) {
        boolean same =
                companies
                        .secret(company, portal.secretKey(STATE))
                        .filter(stored -> same(stored, consent.state()))
                        .isPresent();
        boolean other =
                consent.clientId()
                        .filter(
                                id ->
                                        !companies
                                                .secret(company, portal.secretKey("clientId"))
                                                .equals(Optional.of(id)))
                        .isPresent();
        return same && !other && progress.of(company, portal).isOpen(clock.instant());
    }

    /** In constant time. */
    static boolean same(String one, String other) {
        return MessageDigest.isEqual(
                one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The account is no longer the company's; its work waits.
     *
     * @param by for the log
     */
    void release(String company, Portal portal, String by) {
        progress.change(company, portal, p -> p.released(clock.instant()), NO_SECRETS);
        links.link(company, portal).vitals().failed(Cures.unconnected(companies, company, portal));
        LOG.warn("Portal {}/{} was released: {}", company, portal.id(), by);
    }

    private void knocked(String company, Portal portal) {
        Instant longAgo = clock.instant().minus(BETWEEN_REFUSALS);
        if (progress.of(company, portal).refusal().filter(r -> r.at().isAfter(longAgo)).isEmpty()) {
            note(
                    company,
                    portal,
                    "a consent came without an open installation, or with a value that was used",
                    "if it was yours, open the installation (POST /api/v1/companies/"
                            + company
                            + "/portals/"
                            + portal.id()
                            + "/installation), and follow the address that it answers");
        }
    }

    private Result notTaken(String company, Portal portal, String reason, String cure) {
        note(company, portal, reason, cure);
        return Result.NOT_TAKEN;
    }

    private void note(String company, Portal portal, String reason, String cure) {
        LOG.warn("A consent for portal {}/{} is not taken: {}", company, portal.id(), reason);
        Refusal refusal = new Refusal(clock.instant(), reason, cure);
        progress.change(company, portal, p -> p.refused(refusal), Map.of());
        if (!AccountBinding.connected(companies, company, portal)) {
            links.link(company, portal)
                    .vitals()
                    .failed(Cures.unconnected(companies, company, portal));
        }
    }
}
