package org.trunkline.admin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.trunkline.admin.rest.internal.Asked;
import org.trunkline.admin.rest.internal.NamedPlace;
import org.trunkline.admin.rest.internal.NamedUser;
import org.trunkline.model.Company;
import org.trunkline.model.CrmConnector;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.CrmUser;
import org.trunkline.model.DocumentFault;
import org.trunkline.model.DocumentReader;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalDirectory;
import org.trunkline.rules.Presets;

/**
 * Compares the CRM users, pipelines, stages and fields that a document names with those that its
 * portals have (rules T4, O16, O17, O19). What it finds are warnings: neither a dismissed employee
 * nor a portal that is down may stand in the way of a change.
 */
@Component(service = UserCheck.class)
public final class UserCheck {

    /** For all portals together. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration KEPT = Duration.ofMinutes(5);

    /** What looks wrong is looked at again, for the user may be new. */
    private static final Duration JUST_NOW = Duration.ofSeconds(5);

    /** Of a new company this hub is in charge only a moment after its document was put. */
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Asked asked = new Asked(PATIENCE);

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<CrmConnector> connectors = List.of();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    private volatile List<PortalDirectory> directories = List.of();

    /** For Declarative Services. */
    @Activate
    public UserCheck() {}

    /** Outside OSGi, where nothing comes and goes. */
    public UserCheck(List<CrmConnector> connectors, List<PortalDirectory> directories) {
        this.connectors = List.copyOf(connectors);
        this.directories = List.copyOf(directories);
    }

    @Deactivate
    public void stop() {
        asked.close();
    }

    /**
     * What is wrong with them. Blocks for three seconds at most.
     *
     * @param company that holds by now, for its tokens are needed
     * @param document that it was read from
     */
    List<DocumentFault> warnings(Company company, JsonNode document) {
        Map<String, List<NamedUser>> byPortal =
                NamedUser.in(company, document, Presets.all()).stream()
                        .collect(
                                Collectors.groupingBy(
                                        NamedUser::portal,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        List<Asked.Question<List<DocumentFault>>> questions = new ArrayList<>();
        List<NamedPlace> all = NamedPlace.in(company, Presets.all());
        for (int i = 0; i < company.portals().size(); i++) {
            int number = i;
            Portal portal = company.portals().get(i);
            List<NamedUser> named = byPortal.getOrDefault(portal.id(), List.of());
            if (!named.isEmpty()) {
                String at = "/portals/" + i;
                questions.add(
                        new Asked.Question<>(
                                () -> compare(company.id(), portal, at, named),
                                reason -> List.of(unchecked(at, "users", reason))));
            }
            List<NamedPlace> places =
                    all.stream().filter(place -> place.portal().equals(portal.id())).toList();
            Optional<PortalDirectory> directory =
                    directories.stream().filter(d -> d.kind() == portal.kind()).findFirst();
            if (!places.isEmpty() && directory.isPresent()) {
                questions.add(
                        new Asked.Question<>(
                                () -> compare(company.id(), portal, directory.get(), places),
                                reason ->
                                        List.of(
                                                unchecked(
                                                        "/portals/" + number,
                                                        "pipelines and fields",
                                                        reason))));
            }
        }
        return asked.all(questions).stream().flatMap(List::stream).toList();
    }

    private List<DocumentFault> compare(
            String company, Portal portal, String at, List<NamedUser> named) {
        Optional<CrmConnector> connector =
                connectors.stream().filter(c -> c.kind() == portal.kind()).findFirst();
        if (connector.isEmpty()) {
            String kind = DocumentReader.spelled(portal.kind());
            return List.of(unchecked(at, "users", "the bundle for " + kind + " does not run"));
        }
        List<DocumentFault> found =
                compare(portal, users(connector.get(), portal, company, KEPT), named);
        return found.isEmpty()
                ? found
                : compare(portal, users(connector.get(), portal, company, JUST_NOW), named);
    }

    /** What looks wrong is looked at again, for the stage may be new. */
    private static List<DocumentFault> compare(
            String company, Portal portal, PortalDirectory directory, List<NamedPlace> places) {
        CrmDirectory known = known(company, portal, directory, KEPT);
        return places.stream().allMatch(place -> place.doubt(known).isEmpty())
                ? List.of()
                : doubts(places, known(company, portal, directory, JUST_NOW));
    }

    private static List<DocumentFault> doubts(List<NamedPlace> places, CrmDirectory known) {
        return places.stream().flatMap(place -> place.doubt(known).stream()).toList();
    }

    private static CrmDirectory known(
            String company, Portal portal, PortalDirectory directory, Duration oldest) {
        try {
            return directory.known(company, portal, oldest);
        } catch (Fault.Retryable perhapsSoon) {
            LockSupport.parkNanos(PAUSE.toNanos());
            return directory.known(company, portal, oldest);
        }
    }

    private static List<CrmUser> users(
            CrmConnector connector, Portal portal, String company, Duration oldest) {
        try {
            return connector.users(portal, company, oldest);
        } catch (Fault.Retryable perhapsSoon) {
            LockSupport.parkNanos(PAUSE.toNanos());
            return connector.users(portal, company, oldest);
        }
    }

    private static List<DocumentFault> compare(
            Portal portal, List<CrmUser> users, List<NamedUser> named) {
        Map<String, CrmUser> byId =
                users.stream().collect(Collectors.toMap(CrmUser::id, user -> user, (a, b) -> a));
        return named.stream()
                .flatMap(
                        one ->
                                doubt(portal, one, Optional.ofNullable(byId.get(one.user())))
                                        .stream())
                .toList();
    }

    private static Optional<DocumentFault> doubt(
            Portal portal, NamedUser named, Optional<CrmUser> user) {
        if (user.filter(CrmUser::active).isPresent()) {
            return Optional.empty();
        }
        String who = user.map(u -> "'" + u.id() + "' (" + u.name() + ")").orElse("");
        return Optional.of(
                new DocumentFault(
                        named.path(),
                        user.isPresent()
                                ? "user " + who + " was dismissed in portal " + portal.id()
                                : "portal " + portal.id() + " has no user '" + named.user() + "'",
                        "name a user of this portal who is active, or take this one out"));
    }

    private static DocumentFault unchecked(String at, String what, String reason) {
        return new DocumentFault(
                at,
                "its " + what + " could not be checked: " + reason,
                "nothing, if they are right; to have them checked, save again later");
    }
}
