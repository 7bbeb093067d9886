package org.trunkline.runtime.internal;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.CallRouting;
import org.trunkline.model.Client;
import org.trunkline.model.Company;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Integration;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.Settings;
import org.trunkline.rules.Presets;
import org.trunkline.rules.Routing;
import org.trunkline.store.PhoneBook;

/**
 * Routes by the mirror of the portals' numbers, whatever its age (docs/decisions/0014). Every hub
 * of a database may answer: nothing is written.
 */
@Component(service = CallRouting.class)
public final class BookRouting implements CallRouting {

    private static final Logger LOG = LoggerFactory.getLogger(BookRouting.class);

    private final PhoneBook book;

    @Activate
    public BookRouting(@Reference PhoneBook book) {
        this.book = book;
    }

    @Override
    public Route route(
            Company company,
            PbxAccount account,
            Optional<PhoneNumber> caller,
            Optional<PhoneNumber> line) {
        Route route =
                caller.map(number -> route(company, account, number, line))
                        .orElseGet(() -> Route.nobody(nobody("K6", "the caller hides the number")));
        LOG.debug("{}/{}: {} goes by {}", company.id(), account.id(), caller, route.parts());
        return route;
    }

    private Route route(
            Company company, PbxAccount account, PhoneNumber caller, Optional<PhoneNumber> line) {
        // The main portal has the first word (O1).
        Comparator<Integration> mainFirst =
                Comparator.comparing(
                        i -> !company.portal(i.portal()).map(Portal::main).orElse(false));
        List<Integration> concerned =
                company.integrations().stream()
                        .filter(integration -> integration.pbx().equals(account.id()))
                        .sorted(mainFirst)
                        .toList();
        return Routing.first(
                concerned.stream()
                        .map(
                                integration ->
                                        ask(
                                                company,
                                                new Routing.Arrival(account, integration, line),
                                                caller))
                        .toList());
    }

    private Route ask(Company company, Routing.Arrival arrival, PhoneNumber caller) {
        Integration integration = arrival.integration();
        Settings settings;
        try {
            settings = Presets.settings(integration.preset(), integration.settings());
        } catch (IllegalArgumentException afterADowngrade) {
            LOG.warn(
                    "{}: integration '{}' routes no calls: {}",
                    company.id(),
                    integration.id(),
                    afterADowngrade.getMessage());
            return Route.nobody(nobody("K6", "its settings can't be read"));
        }
        Client client =
                Routing.asksForClient(arrival, settings)
                        ? book.find(company.id(), integration.portal(), caller)
                        : Client.UNKNOWN;
        return Routing.route(arrival, client, settings);
    }

    private static Part nobody(String rule, String reason) {
        return new Part("route", "nobody", rule, "", reason);
    }
}
