package org.trunkline.crm.bitrix24.internal.install;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.trunkline.crm.bitrix24.internal.directory.Bitrix24Directory;
import org.trunkline.crm.connector.Tokens;
import org.trunkline.crm.connector.install.Admission;
import org.trunkline.crm.connector.install.ConnectionWatch;
import org.trunkline.crm.connector.install.ProgressBook;
import org.trunkline.crm.connector.install.SingleBinding;
import org.trunkline.crm.connector.portal.Rejected;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/**
 * Takes installations and takes them back (rules T1, T2). Whoever comes must have been let in by an
 * administrator of the hub, or know the secret of a former installation; and the provisioned portal
 * itself must confirm that the tokens are an administrator's of its own.
 */
final class Installer {

    private static final String APPLICATION_TOKEN = "applicationToken";

    private static final Admission.Way WAY =
            new Admission.Way(
                    List.of(
                            Tokens.ACCESS,
                            Tokens.REFRESH,
                            Bitrix24Directory.MEMBER_ID,
                            APPLICATION_TOKEN,
                            "serverEndpoint",
                            "clientEndpoint"),
                    "an installation came that nobody let in",
                    "install again");

    private final Companies companies;
    private final Portals portals;
    private final Admission admission;

    Installer(
            Companies companies,
            Portals portals,
            ProgressBook progress,
            ConnectionWatch.Teller teller,
            Clock clock) {
        this.companies = companies;
        this.portals = portals;
        this.admission = new Admission(progress, teller, WAY, clock);
    }

    /**
     * Connects the portal.
     *
     * @throws Rejected if it is not taken
     * @throws Fault.Retryable if the portal can't be asked, or the store not be written
     */
    void install(String company, Portal portal, Grant grant) {
        boolean known =
                grant.applicationToken().filter(t -> isKnown(company, portal, t)).isPresent();
        if (!known && !admission.open(company, portal)) {
            admission.knocked(company, portal);
            throw Rejected.stranger();
        }
        confirm(company, portal, grant);
        new SingleBinding(
                        CrmKind.BITRIX24,
                        companies,
                        "remove the application from the portal; then install it again")
                .elsewhere(
                        company,
                        portal,
                        (other, its) -> holds(other, its, portal, grant.memberId()))
                .ifPresent(why -> refuse(company, portal, why.reason(), why.cure()));
        take(company, portal, grant, !known);
    }

    /**
     * Takes new tokens of a portal that is bound already, from an administrator whom it confirms.
     *
     * @throws Rejected if it is not bound, or does not confirm
     */
    void regrant(String company, Portal portal, Grant grant) {
        if (!isBound(company, portal, grant.memberId())) {
            throw Rejected.stranger();
        }
        confirm(company, portal, grant);
        take(company, portal, grant, false);
    }

    /** Whether the hub holds tokens of this very portal. */
    boolean isBound(String company, Portal portal, String memberId) {
        return companies.secret(company, portal.secretKey("accessToken")).isPresent()
                && companies
                        .secret(company, portal.secretKey(Bitrix24Directory.MEMBER_ID))
                        .filter(stored -> !stored.equals(memberId))
                        .isEmpty();
    }

    private void take(String company, Portal portal, Grant grant, boolean invited) {
        Map<String, String> secrets = new HashMap<>(portals.at(company, portal).secrets(grant));
        // Not every way of installing brings it: then the former one holds.
        secrets.computeIfAbsent(
                APPLICATION_TOKEN,
                name -> companies.secret(company, portal.secretKey(name)).orElse(""));
        admission.connected(company, portal, invited, secrets);
    }

    /** Whether it is the secret that came with the installation. Takes the same time for any. */
    boolean isKnown(String company, Portal portal, String applicationToken) {
        return companies
                .secret(company, portal.secretKey(APPLICATION_TOKEN))
                .filter(stored -> Admission.same(stored, applicationToken))
                .isPresent();
    }

    /** See {@link Admission#release}. */
    void release(String company, Portal portal, String by) {
        admission.release(company, portal, by);
    }

    private void confirm(String company, Portal portal, Grant grant) {
        JsonNode who;
        try {
            who = portals.at(company, portal).ask(grant.accessToken(), "profile");
        } catch (Fault.Auth unknown) {
            admission.refused(
                    company,
                    portal,
                    portal.address() + " does not know the tokens that were brought",
                    "check the portal's address in the provisioning document, and install again");
            throw Rejected.stranger();
        }
        if (!who.path("ADMIN").asBoolean()) {
            refuse(
                    company,
                    portal,
                    "the user who installed it is no administrator of the portal",
                    "install it as an administrator of the portal");
        }
    }

    private boolean holds(String company, Portal held, Portal wanted, String memberId) {
        boolean bound = companies.secret(company, held.secretKey("accessToken")).isPresent();
        return bound
                && Stream.of(
                                companies
                                        .secret(
                                                company,
                                                held.secretKey(Bitrix24Directory.MEMBER_ID))
                                        .filter(memberId::equals)
                                        .isPresent(),
                                held.address().equals(wanted.address()))
                        .anyMatch(same -> same);
    }

    private void refuse(String company, Portal portal, String reason, String cure) {
        admission.refused(company, portal, reason, cure);
        throw Rejected.refused();
    }

    /** See {@link Admission#knocked}. */
    void knocked(String company, Portal portal) {
        admission.knocked(company, portal);
    }
}
