package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.trunkline.admin.rest.PortalDirectories;
import org.trunkline.model.Client;
import org.trunkline.model.Company;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.CrmDirectory.Part;
import org.trunkline.model.DocumentReader;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.Integration;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalDirectory;
import org.trunkline.model.PortalDirectory.Change;
import org.trunkline.model.PortalDirectory.Problem;
import org.trunkline.rules.CreationCheck;
import org.trunkline.rules.EmployeeSuggestions;
import org.trunkline.rules.Presets;
import org.trunkline.store.Companies;

/** What is known of a portal's users, pipelines and lines, and what follows from it (T4, O17). */
final class DirectoryRoutes extends JsonRoutes {

    private final Companies companies;
    private final PortalDirectories directories;

    DirectoryRoutes(Companies companies, PortalDirectories directories) {
        this.companies = companies;
        this.directories = directories;
    }

    @Override
    void routes() {
        rest("/api/v1/companies/{company}/portals/{portal}")
                .get("/users")
                .to("direct:list-portal-users")
                .get("/pipelines")
                .to("direct:list-portal-pipelines")
                .get("/fields")
                .to("direct:list-portal-fields")
                .get("/sources")
                .to("direct:list-portal-sources")
                .get("/lines")
                .to("direct:list-portal-lines")
                .get("/phone-book")
                .to("direct:show-phone-book")
                .post("/synchronise")
                .to("direct:synchronise-portal");

        rest("/api/v1/companies/{company}/integrations/{integration}")
                .get("/mapping/suggestions")
                .to("direct:suggest-mapping")
                .get("/check")
                .to("direct:check-creation");

        from("direct:list-portal-users")
                .routeId("list-portal-users")
                .process(answer(r -> known(r, Part.USERS, CrmDirectory::users)));

        from("direct:list-portal-pipelines")
                .routeId("list-portal-pipelines")
                .process(answer(this::pipelines));

        from("direct:list-portal-fields")
                .routeId("list-portal-fields")
                .process(answer(r -> known(r, Part.FIELDS, CrmDirectory::fields)));

        from("direct:list-portal-sources")
                .routeId("list-portal-sources")
                .process(answer(r -> known(r, Part.STAGES, CrmDirectory::sources)));

        from("direct:list-portal-lines")
                .routeId("list-portal-lines")
                .process(answer(r -> known(r, Part.LINES, CrmDirectory::lines)));

        from("direct:show-phone-book").routeId("show-phone-book").process(answer(this::phoneBook));

        from("direct:synchronise-portal")
                .routeId("synchronise-portal")
                .process(answer(this::synchronise));

        from("direct:suggest-mapping")
                .routeId("suggest-mapping")
                .process(answer(this::suggestions));

        from("direct:check-creation").routeId("check-creation").process(answer(this::check));
    }

    /** A portal and who knows it. */
    private record Place(Company company, Portal portal, PortalDirectory directory) {
        CrmDirectory known() {
            return directory.known(company.id(), portal);
        }
    }

    private Place place(Request request) {
        Company company = request.company(companies);
        return place(company, request.path("portal"));
    }

    private Place place(Company company, String id) {
        Portal portal = company.portal(id).orElseThrow(() -> RequestFault.unknown("portal", id));
        PortalDirectory directory =
                directories
                        .of(portal.kind())
                        .orElseThrow(
                                () ->
                                        RequestFault.unavailable(
                                                "the bundle that reads portals of kind "
                                                        + DocumentReader.spelled(portal.kind())
                                                        + " does not run"));
        return new Place(company, portal, directory);
    }

    private Map<String, Object> known(
            Request request, Part part, Function<CrmDirectory, List<?>> list) {
        CrmDirectory known = place(request).known();
        return listed(known, part, list.apply(known));
    }

    private static Map<String, Object> listed(CrmDirectory known, Part part, List<?> items) {
        Map<String, Object> listed = new LinkedHashMap<>();
        listed.put("items", items);
        readAt(known, part).ifPresent(at -> listed.put("readAt", at));
        return listed;
    }

    private static Optional<Instant> readAt(CrmDirectory known, Part part) {
        return Optional.ofNullable(known.readAt().get(part));
    }

    /** Leads have stages but no pipelines. */
    private Object pipelines(Request request) {
        CrmDirectory known = place(request).known();
        Map<String, Object> listed = listed(known, Part.PIPELINES, known.pipelines());
        listed.put("leadStages", known.leadStages());
        known.leads().ifPresent(leads -> listed.put("leads", leads));
        return listed;
    }

    /**
     * The phone book, and who has a number.
     *
     * @param entries how many are in it, by kind
     * @param client what stands under the number that was asked for; empty: none was, or nobody
     */
    private record Looked(
            @JsonUnwrapped PortalDirectory.Book book,
            Map<EntityKind, Long> entries,
            Optional<List<Client.Found>> client) {}

    private Object phoneBook(Request request) {
        Place place = place(request);
        String company = place.company().id();
        Optional<List<Client.Found>> client =
                request.optional("number")
                        .map(
                                text ->
                                        PhoneNumber.read(text, place.company().region())
                                                .orElseThrow(
                                                        () ->
                                                                RequestFault.parameter(
                                                                        "number",
                                                                        text,
                                                                        "give a number, its + as"
                                                                                + " %2B")))
                        .map(number -> place.directory().inBook(company, place.portal(), number))
                        .map(Client::found);
        return new Looked(
                place.directory().book(company, place.portal()),
                place.directory().inBook(company, place.portal()),
                client);
    }

    /**
     * What came of it.
     *
     * @param problems parts that could not be read: what was known of them stands
     * @param warnings what to look at in the CRM
     */
    private record Outcome(
            boolean synchronised,
            Optional<Map<Part, Change>> changes,
            List<Problem> problems,
            List<Problem> warnings,
            Optional<String> outcome,
            Optional<String> cure) {}

    /** What went wrong is an answer too: people are to read it. */
    private Object synchronise(Request request) {
        Place place = place(request);
        try {
            PortalDirectory.Synchronised done =
                    place.directory().synchronise(place.company().id(), place.portal());
            return new Outcome(
                    done.problems().isEmpty(),
                    Optional.of(done.changes()),
                    done.problems(),
                    done.warnings(),
                    Optional.empty(),
                    Optional.empty());
        } catch (Fault fault) {
            return new Outcome(
                    false,
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    Optional.of(fault.getMessage()),
                    Optional.of(fault.cure()).filter(cure -> !cure.isEmpty()));
        }
    }

    private Object suggestions(Request request) {
        Company company = request.company(companies);
        Integration integration = request.integration(company);
        CrmDirectory known = place(company, integration.portal()).known();
        if (!known.has(Part.USERS)) {
            throw RequestFault.unavailable(
                    "the users of portal "
                            + integration.portal()
                            + " were not read yet; synchronise it first");
        }
        List<EmployeeSuggestions.Suggestion> items =
                EmployeeSuggestions.of(
                        company.account(integration.pbx()).orElseThrow().employees(),
                        known.users(),
                        company.region(),
                        integration.mapping());
        return listed(known, Part.USERS, items);
    }

    private Object check(Request request) {
        Company company = request.company(companies);
        Integration integration = request.integration(company);
        Place place = place(company, integration.portal());
        List<String> unchecked = List.of();
        List<String> others = List.of();
        try {
            others = place.directory().telephonyBeside(company.id(), place.portal());
        } catch (Fault fault) {
            unchecked =
                    List.of(
                            "whether another telephony writes calls into the portal: "
                                    + fault.getMessage());
        }
        List<CreationCheck.Cause> causes =
                new CreationCheck(
                                company,
                                integration,
                                Presets.settings(integration.preset(), integration.settings()),
                                place.known(),
                                others)
                        .causes();
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("causes", causes);
        report.put("unchecked", unchecked);
        return report;
    }
}
