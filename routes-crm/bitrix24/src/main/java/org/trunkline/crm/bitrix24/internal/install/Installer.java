package org.trunkline.crm.bitrix24.internal.install;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.bitrix24.internal.Cures;
import org.trunkline.crm.connector.install.Progress;
import org.trunkline.crm.connector.install.ProgressBook;
import org.trunkline.crm.connector.portal.Rejected;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalConnection.Refusal;
import org.trunkline.store.Companies;

/**
 * Takes installations and takes them back (rules T1, T2). Whoever comes must have been let in by an
 * administrator of the hub, or know the secret of a former installation; and the provisioned portal
 * itself must confirm that the tokens are an administrator's of its own.
 */
final class Installer {

    private static final Logger LOG = LoggerFactory.getLogger(Installer.class);

    /** Strangers may knock as often as they like: so often is it written down. */
    private static final Duration BETWEEN_REFUSALS = Duration.ofMinutes(1);

    private static final Map<String, String> NO_SECRETS =
            Map.of(
                    "accessToken", "",
                    "refreshToken", "",
                    "memberId", "",
                    "applicationToken", "",
                    "serverEndpoint", "",
                    "clientEndpoint", "");

    private final Companies companies;
    private final Portals portals;
    private final ProgressBook progress;
    private final Clock clock;

    Installer(Companies companies, Portals portals, ProgressBook progress, Clock clock) {
        this.companies = companies;
        this.portals = portals;
        this.progress = progress;
        this.clock = clock;
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
        if (!known && !progress.of(company, portal).isOpen(clock.instant())) {
            knocked(company, portal);
            throw Rejected.stranger();
        }
        confirm(company, portal, grant);
        elsewhere(company, portal, grant.memberId())
                .ifPresent(
                        other ->
                                refuse(
                                        company,
                                        portal,
                                        "it is bound to company " + other.replace("/", ", portal "),
                                        "release it there (POST /api/v1/companies/"
                                                + other.replace("/", "/portals/")
                                                + "/release), or remove the application from the"
                                                + " portal; then install it again"));
        UnaryOperator<Progress> connected =
                before -> {
                    if (!known && !before.isOpen(clock.instant())) {
                        throw Rejected.stranger();
                    }
                    return before.connected(clock.instant());
                };
        take(company, portal, grant, connected);
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
        take(company, portal, grant, before -> before.connected(clock.instant()));
    }

    /** Whether the hub holds tokens of this very portal. */
    boolean isBound(String company, Portal portal, String memberId) {
        return companies.secret(company, portal.secretKey("accessToken")).isPresent()
                && companies
                        .secret(company, portal.secretKey("memberId"))
                        .filter(stored -> !stored.equals(memberId))
                        .isEmpty();
    }

    private void take(
            String company, Portal portal, Grant grant, UnaryOperator<Progress> connected) {
        Map<String, String> secrets = new HashMap<>(NO_SECRETS);
        if (grant.applicationToken().isEmpty()) {
            secrets.remove("applicationToken");
        }
        secrets.putAll(portals.at(company, portal).secrets(grant));
        progress.change(company, portal, connected, secrets);
        portals.at(company, portal).connected();
        LOG.info("Portal {}/{} was installed", company, portal.id());
    }

    /** Whether it is the secret that came with the installation. Takes the same time for any. */
    boolean isKnown(String company, Portal portal, String applicationToken) {
        return companies
                .secret(company, portal.secretKey("applicationToken"))
                .filter(stored -> same(stored, applicationToken))
                .isPresent();
    }

    /**
     * The portal is no longer the company's; its work waits.
     *
     * @param by for the log
     */
    void release(String company, Portal portal, String by) {
        progress.change(company, portal, p -> p.released(clock.instant()), NO_SECRETS);
        portals.at(company, portal).unconnected(Cures.unconnected(companies, company, portal));
        LOG.warn("Portal {}/{} was released: {}", company, portal.id(), by);
    }

    private void confirm(String company, Portal portal, Grant grant) {
        JsonNode who;
        try {
            who = portals.at(company, portal).ask(grant.accessToken(), "profile");
        } catch (Fault.Auth unknown) {
            note(
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

    /** {@code company/portal} that holds the portal already. */
    private Optional<String> elsewhere(String company, Portal portal, String memberId) {
        return companies.all().stream()
                .flatMap(
                        other ->
                                other.portals().stream()
                                        .filter(p -> p.kind() == CrmKind.BITRIX24)
                                        .filter(
                                                p ->
                                                        !other.id().equals(company)
                                                                || !p.id().equals(portal.id()))
                                        .filter(p -> holds(other.id(), p, portal, memberId))
                                        .map(p -> other.id() + "/" + p.id()))
                .findFirst();
    }

    private boolean holds(String company, Portal held, Portal wanted, String memberId) {
        boolean bound = companies.secret(company, held.secretKey("accessToken")).isPresent();
        return bound
                && Stream.of(
                                companies
                                        .secret(company, held.secretKey("memberId"))
                                        .filter(memberId::equals)
                                        .isPresent(),
                                held.address().equals(wanted.address()))
                        .anyMatch(same -> same);
    }

    private void refuse(String company, Portal portal, String reason, String cure) {
        note(company, portal, reason, cure);
        throw Rejected.refused();
    }

    /** Somebody wants in whom nobody let in: the administrator is told. */
    void knocked(String company, Portal portal) {
        Instant longAgo = clock.instant().minus(BETWEEN_REFUSALS);
        if (progress.of(company, portal).refusal().filter(r -> r.at().isAfter(longAgo)).isEmpty()) {
            note(
                    company,
                    portal,
                    "an installation came that nobody let in",
                    "if it was yours, open the installation (POST /api/v1/companies/"
                            + company
                            + "/portals/"
                            + portal.id()
                            + "/installation) and install again");
        }
    }

    private void note(String company, Portal portal, String reason, String cure) {
        Refusal refusal = new Refusal(clock.instant(), reason, cure);
        progress.change(company, portal, p -> p.refused(refusal), Map.of());
        LOG.warn(
                "An installation of portal {}/{} was not taken: {}. {}",
                company,
                portal.id(),
                reason,
                cure);
        if (companies.secret(company, portal.secretKey("accessToken")).isEmpty()) {
            portals.at(company, portal).unconnected(Cures.unconnected(companies, company, portal));
        }
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
