package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.function.BinaryOperator;
import org.trunkline.admin.rest.Provisioning;
import org.trunkline.model.Company;
import org.trunkline.model.DocumentFault;
import org.trunkline.model.Integration;
import org.trunkline.model.SettingsDocument;
import org.trunkline.rules.Presets;
import org.trunkline.store.Companies;

/** The settings of one integration, each change a new version of the company's document. */
final class SettingsRoutes extends JsonRoutes {

    private final Provisioning provisioning;
    private final Companies companies;

    SettingsRoutes(Provisioning provisioning, Companies companies) {
        this.provisioning = provisioning;
        this.companies = companies;
    }

    @Override
    void routes() {
        rest("/api/v1/companies/{company}/integrations/{integration}/settings")
                .get()
                .to("direct:show-settings")
                .put()
                .to("direct:put-settings")
                .patch()
                .to("direct:patch-settings");

        from("direct:show-settings").routeId("show-settings").process(answerTagged(this::show));

        from("direct:put-settings")
                .routeId("put-settings")
                .process(answerTagged(request -> change(request, (given, body) -> body)));

        from("direct:patch-settings")
                .routeId("patch-settings")
                .process(answerTagged(request -> change(request, SettingsDocument::mergePatch)));
    }

    /**
     * The settings as people see them.
     *
     * @param given merge-patch over the preset
     * @param effective what holds: the preset with the given settings over it
     */
    record View(String preset, JsonNode given, JsonNode effective, List<DocumentFault> warnings) {

        static View of(
                Integration integration,
                SettingsPlace place,
                JsonNode document,
                List<DocumentFault> warnings) {
            JsonNode given = place.given(document);
            JsonNode preset =
                    Presets.all()
                            .getOrDefault(
                                    integration.preset(), JsonNodeFactory.instance.objectNode());
            return new View(
                    integration.preset(),
                    given,
                    SettingsDocument.mergePatch(preset, given),
                    place.warnings(warnings));
        }
    }

    private Tagged show(Request request) {
        Company company = request.company(companies);
        Integration integration = request.integration(company);
        Companies.Stored latest = companies.latest(company.id()).orElseThrow();
        JsonNode document = latest.document();
        return new Tagged(
                latest.version().number(),
                View.of(
                        integration,
                        SettingsPlace.of(integration, document),
                        document,
                        provisioning.warnings(company.id(), document)));
    }

    private Tagged change(Request request, BinaryOperator<JsonNode> change) {
        Company company = request.company(companies);
        Integration integration = request.integration(company);
        JsonNode body = request.object();
        Provisioning.Outcome outcome =
                provisioning.change(
                        company.id(),
                        document -> {
                            SettingsPlace place = SettingsPlace.of(integration, document);
                            if (place.index() < 0) {
                                throw RequestFault.unknown("integration", integration.id());
                            }
                            return place.with(document, change.apply(place.given(document), body));
                        },
                        request.author(),
                        request.madeFrom());
        SettingsPlace place =
                SettingsPlace.of(
                        integration, companies.latest(company.id()).orElseThrow().document());
        Provisioning.Accepted accepted = accepted(place.relative(outcome));
        return new Tagged(
                accepted.version(),
                View.of(integration, place, accepted.shown(), accepted.warnings()));
    }
}
