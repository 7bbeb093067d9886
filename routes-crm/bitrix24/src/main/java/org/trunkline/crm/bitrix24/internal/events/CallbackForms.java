package org.trunkline.crm.bitrix24.internal.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.bitrix24.internal.install.Portals;
import org.trunkline.crm.connector.begin.BegunCall;
import org.trunkline.crm.connector.begin.CallbackAttempts;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;

/** Callback forms (rules T19, O21): the employees first, then who asked to be called. */
final class CallbackForms {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackForms.class);

    /** Who asked so long ago does not wait at the phone any more: a missed call. */
    private static final Duration STALE = Duration.ofMinutes(10);

    private final CallbackAttempts attempts;
    private final Portals portals;
    private final Clock clock;

    CallbackForms(CallbackAttempts attempts, Portals portals, Clock clock) {
        this.attempts = attempts;
        this.portals = portals;
        this.clock = clock;
    }

    /** Durable when this returns. */
    void take(Company company, Portal portal, PortalEvent event) {
        Optional<PhoneNumber> client =
                event.number().flatMap(text -> BegunCall.dialable(text, company.region()));
        Optional<String> line = event.text("LINE_NUMBER");
        Optional<CallbackAttempts.Place> place = CallbackAttempts.place(company, portal, line);
        if (client.isEmpty() || place.isEmpty()) {
            LOG.warn(
                    "A callback form of portal {}/{} is not called back: {}",
                    company.id(),
                    portal.id(),
                    client.isEmpty()
                            ? "its number can't be dialled"
                            : "callbacks are switched off (/callback/enabled)");
            return;
        }
        attempts.first(
                company,
                place.get(),
                new CallbackAttempts.Request(
                        key(company, portal, event),
                        client.get(),
                        line,
                        event.sentAt().orElseGet(clock::instant),
                        event.waited(STALE, clock.instant()),
                        Map.of(),
                        event.toString()),
                number -> owner(company, portal, number));
    }

    /** A form has no id of its own; the same client may send another a second later. */
    private String key(Company company, Portal portal, PortalEvent event) {
        return BegunCall.key(
                company.id(),
                portal.id(),
                event.number().orElse(""),
                event.text("LINE_NUMBER").orElse(""),
                event.text("CRM_ENTITY_TYPE").orElse(""),
                event.text("CRM_ENTITY_ID").orElse(""),
                event.sentAt()
                        .map(Instant::toString)
                        .or(event::message)
                        .orElseGet(() -> clock.instant().toString()));
    }

    /** Of the first that the portal knows under the number: contacts before leads. */
    private CallbackAttempts.Owner owner(Company company, Portal portal, PhoneNumber client) {
        try {
            JsonNode found =
                    portals.at(company.id(), portal)
                            .call(
                                    "telephony.externalCall.searchCrmEntities",
                                    Map.of("PHONE_NUMBER", client.value()));
            return new CallbackAttempts.Owner(
                    found.has(0),
                    Optional.of(found.path(0).path("ASSIGNED_BY_ID").asText(""))
                            .filter(user -> !user.isEmpty()));
        } catch (Fault unknown) {
            LOG.warn(
                    "Who is responsible for a callback can't be asked now: {}",
                    unknown.getMessage());
            return CallbackAttempts.Owner.UNKNOWN;
        }
    }
}
