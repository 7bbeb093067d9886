package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.trunkline.model.Company;
import org.trunkline.model.Integration;
import org.trunkline.model.SettingsDocument;

/**
 * A CRM user whom a company's document names.
 *
 * @param path JSON Pointer of the place
 */
public record NamedUser(String portal, String user, String path) {

    private static final List<String> DEFAULTS =
            List.of(
                    "/responsible/incomingDefault",
                    "/responsible/outgoingDefault",
                    "/responsible/missed");

    /** M2, T13: they count only while their switch is on. */
    private static final List<String> SWITCHED =
            List.of("/record/missedWithoutEmployee", "/saveAll");

    /** All of them, of a document without faults. */
    public static List<NamedUser> in(
            Company company, JsonNode document, Map<String, JsonNode> presets) {
        return IntStream.range(0, company.integrations().size())
                .boxed()
                .flatMap(i -> in(company.integrations().get(i), i, document, presets))
                .toList();
    }

    private static Stream<NamedUser> in(
            Integration integration, int i, JsonNode document, Map<String, JsonNode> presets) {
        String at = "/integrations/" + i;
        JsonNode preset =
                presets.getOrDefault(integration.preset(), JsonNodeFactory.instance.objectNode());
        JsonNode settings = SettingsDocument.mergePatch(preset, integration.settings());
        return Stream.concat(
                named(document, items(document, at + "/mapping", "/user"), integration, ""),
                named(settings, places(settings), integration, at + "/settings"));
    }

    private static Stream<NamedUser> named(
            JsonNode part, Stream<String> places, Integration integration, String at) {
        return places.filter(place -> part.at(place).isTextual())
                .map(
                        place ->
                                new NamedUser(
                                        integration.portal(),
                                        part.at(place).textValue().strip(),
                                        at + place));
    }

    private static Stream<String> places(JsonNode settings) {
        return Stream.of(
                        DEFAULTS.stream(),
                        SWITCHED.stream()
                                .filter(part -> settings.at(part + "/enabled").asBoolean())
                                .map(part -> part + "/user"),
                        items(settings, "/responsible/rules", "/user"),
                        items(settings, "/notify/missedUsers", ""))
                .flatMap(places -> places);
    }

    private static Stream<String> items(JsonNode part, String list, String member) {
        return IntStream.range(0, part.at(list).size()).mapToObj(i -> list + "/" + i + member);
    }
}
