package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.trunkline.model.Company;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.CrmDirectory.Field;
import org.trunkline.model.CrmDirectory.Part;
import org.trunkline.model.CrmDirectory.Pipeline;
import org.trunkline.model.CrmDirectory.Stage;
import org.trunkline.model.DocumentFault;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Integration;
import org.trunkline.model.SettingsDocument;

/**
 * A pipeline with its stage, or a field of the CRM, that a company's settings name (O16, O19).
 *
 * @param what how it is compared with what the portal has
 * @param path JSON Pointer of the place
 * @param settings of its integration, merged
 */
public record NamedPlace(String portal, What what, String path, JsonNode node, JsonNode settings) {

    /** What a place names. */
    enum What {
        PIPELINE,
        FIELD
    }

    /** All of them, of a document without faults. */
    public static List<NamedPlace> in(Company company, Map<String, JsonNode> presets) {
        return IntStream.range(0, company.integrations().size())
                .boxed()
                .flatMap(i -> in(company.integrations().get(i), i, presets))
                .toList();
    }

    private static Stream<NamedPlace> in(
            Integration integration, int i, Map<String, JsonNode> presets) {
        JsonNode preset =
                presets.getOrDefault(integration.preset(), JsonNodeFactory.instance.objectNode());
        JsonNode settings = SettingsDocument.mergePatch(preset, integration.settings());
        String at = "/integrations/" + i + "/settings";
        List<String> pipelines =
                new ArrayList<>(List.of("/pipelines/incoming", "/pipelines/outgoing"));
        for (int r = 0; r < settings.at("/pipelines/rules").size(); r++) {
            pipelines.add("/pipelines/rules/" + r);
        }
        List<String> fields = new ArrayList<>(List.of("/fields/firstCommunicationId"));
        for (int f = 0; f < settings.at("/fields/map").size(); f++) {
            fields.add("/fields/map/" + f + "/field");
        }
        return Stream.concat(
                pipelines.stream()
                        .filter(place -> settings.at(place).isObject())
                        .map(place -> named(integration, What.PIPELINE, at, place, settings)),
                fields.stream()
                        .filter(place -> settings.at(place).isTextual())
                        .map(place -> named(integration, What.FIELD, at, place, settings)));
    }

    private static NamedPlace named(
            Integration integration, What what, String at, String place, JsonNode settings) {
        return new NamedPlace(integration.portal(), what, at + place, settings.at(place), settings);
    }

    /** What is wrong with it by what is known of the portal; empty: nothing, or it is not known. */
    public Optional<DocumentFault> doubt(CrmDirectory known) {
        return what == What.PIPELINE ? pipeline(known) : field(known);
    }

    /** Leads have stages but no pipelines. */
    private Optional<Boolean> leads(CrmDirectory known) {
        return switch (settings.at("/entities/kind").asText("byMode")) {
            case "lead" -> Optional.of(true);
            case "deal" -> Optional.of(false);
            default -> known.leads();
        };
    }

    private Optional<DocumentFault> pipeline(CrmDirectory known) {
        Optional<Boolean> leads = leads(known);
        String stage = node.path("stage").asText("");
        if (leads.isEmpty()) {
            return Optional.empty();
        }
        if (leads.get()) {
            return known.leadStages().isEmpty() || stage.isEmpty() || known.hasLeadStage(stage)
                    ? Optional.empty()
                    : Optional.of(unknownStage(stage, "leads", known.leadStages()));
        }
        if (!known.has(Part.PIPELINES)) {
            return Optional.empty();
        }
        String id = node.path("pipeline").asText("");
        Optional<Pipeline> pipeline = known.pipeline(id);
        if (pipeline.isEmpty()) {
            return Optional.of(
                    new DocumentFault(
                            path + "/pipeline",
                            "portal " + portal + " has no pipeline '" + id + "'",
                            "name one of "
                                    + said(
                                            known.pipelines().stream()
                                                    .map(p -> p.id() + " (" + p.name() + ")"))));
        }
        List<Stage> stages = pipeline.get().stages();
        return stage.isEmpty() || stages.stream().anyMatch(s -> s.id().equals(stage))
                ? Optional.empty()
                : Optional.of(unknownStage(stage, "pipeline " + id, stages));
    }

    private DocumentFault unknownStage(String stage, String where, List<Stage> stages) {
        return new DocumentFault(
                path + "/stage",
                "portal " + portal + " has no stage '" + stage + "' of " + where,
                "name one of " + said(stages.stream().map(s -> s.id() + " (" + s.name() + ")")));
    }

    private Optional<DocumentFault> field(CrmDirectory known) {
        if (!known.has(Part.FIELDS)) {
            return Optional.empty();
        }
        Set<EntityKind> kinds = written(known);
        String code = node.asText().strip();
        List<Field> alike =
                known.fields().stream()
                        .filter(field -> kinds.contains(field.kind()))
                        .filter(field -> plain(field.code()).equals(plain(code)))
                        .toList();
        if (alike.stream().anyMatch(Field::writable)) {
            return Optional.empty();
        }
        String where =
                kinds.stream()
                        .sorted()
                        .map(kind -> kind.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
        return Optional.of(
                new DocumentFault(
                        path,
                        alike.isEmpty()
                                ? "portal " + portal + " has no field '" + code + "' of " + where
                                : "field '" + code + "' of " + where + " can't be written",
                        "name a field by its code, see GET …/portals/" + portal + "/fields"));
    }

    /** Whose fields are written: of what is made, or of what was changed during the call. */
    private Set<EntityKind> written(CrmDirectory known) {
        boolean any =
                settings.at("/otherTelephony/enabled").asBoolean()
                        || settings.at("/fields/alwaysUpdate").asBoolean();
        Optional<Boolean> leads = leads(known);
        if (any || leads.isEmpty()) {
            return Set.of(EntityKind.values());
        }
        return Set.of(leads.get() ? EntityKind.LEAD : EntityKind.DEAL);
    }

    /** SOURCE_DESCRIPTION and sourceDescription are the same field. */
    private static String plain(String code) {
        return code.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private static String said(Stream<String> names) {
        return String.join(", ", names.toList());
    }
}
