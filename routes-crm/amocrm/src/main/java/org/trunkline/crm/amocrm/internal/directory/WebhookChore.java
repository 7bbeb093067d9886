package org.trunkline.crm.amocrm.internal.directory;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.amocrm.internal.install.Changes;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.directory.Chores;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.crm.connector.portal.HubAddresses;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/**
 * Subscribes the hub to changes of contacts, companies and deals, where the account's tariff has
 * webhooks and the hub is seen from outside. The vendor switches off what fails too often, so it is
 * done anew from time to time. Without them the phone book asks for changes all the same.
 */
record WebhookChore(Companies companies, AccountLinks links, HubAddresses addresses)
        implements Chores.Chore {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookChore.class);

    private static final Duration PAUSE = Duration.ofHours(6);
    private static final int SECRET_BYTES = 24;
    private static final SecureRandom RANDOM = new SecureRandom();

    @Override
    public String name() {
        return "The subscription to changes";
    }

    @Override
    public Optional<Duration> run(Company company, Portal portal) {
        if (!addresses.known()) {
            return Optional.empty();
        }
        String destination =
                addresses.of(company.id(), portal, "events/" + secret(company.id(), portal));
        ObjectNode body = Json.MAPPER.createObjectNode().put("destination", destination);
        ArrayNode settings = body.putArray("settings");
        for (String action : List.of("add", "update", "delete", "restore")) {
            List.of("contact", "company", "lead")
                    .forEach(kind -> settings.add(action + "_" + kind));
        }
        body.put("sort", 10);
        Told told =
                links.link(company.id(), portal)
                        .ask(
                                Lane.BACKLOG,
                                new Question("POST", "/api/v4/webhooks", Optional.of(body)));
        if (told instanceof Told.Refused no) {
            if (no.why() instanceof Fault.Retryable) {
                throw no.why();
            }
            LOG.info(
                    "Portal {}/{} tells of no changes (webhooks want an administrator and a tariff"
                            + " that has them); its phone book asks for them: {}",
                    company.id(),
                    portal.id(),
                    no.why().getMessage());
        }
        return Optional.of(PAUSE);
    }

    private String secret(String company, Portal portal) {
        String key = portal.secretKey(Changes.SECRET);
        return companies
                .secret(company, key)
                .orElseGet(
                        () -> {
                            byte[] bytes = new byte[SECRET_BYTES];
                            RANDOM.nextBytes(bytes);
                            String made =
                                    Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
                            companies.putSecrets(company, Map.of(key, made));
                            return made;
                        });
    }
}
