package org.trunkline.admin.rest.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.IntStream;
import org.trunkline.admin.rest.Provisioning;
import org.trunkline.model.DocumentFault;
import org.trunkline.model.Integration;

/**
 * Where one integration's settings stand in the company's document.
 *
 * @param index of the integration, from 0; -1: it is not there any more
 * @param portal index of its portal
 */
record SettingsPlace(int index, int portal) {

    private static final String SETTINGS = "settings";

    static SettingsPlace of(Integration integration, JsonNode document) {
        return new SettingsPlace(
                index(document.path("integrations"), integration.id()),
                index(document.path("portals"), integration.portal()));
    }

    private static int index(JsonNode list, String id) {
        return IntStream.range(0, list.size())
                .filter(i -> list.path(i).path("id").asText().strip().equals(id))
                .findFirst()
                .orElse(-1);
    }

    /** The settings as given; an empty object if there are none. */
    JsonNode given(JsonNode document) {
        JsonNode given = document.path("integrations").path(index).path(SETTINGS);
        return given.isObject() ? given : JsonNodeFactory.instance.objectNode();
    }

    /** A copy of the document with other settings here. */
    JsonNode with(JsonNode document, JsonNode settings) {
        JsonNode copy = document.deepCopy();
        ((ObjectNode) copy.path("integrations").path(index)).set(SETTINGS, settings);
        return copy;
    }

    private String path() {
        return "/integrations/" + index + "/" + SETTINGS;
    }

    /** Faults by their place in the settings; what is wrong elsewhere is named as such. */
    List<DocumentFault> faults(List<DocumentFault> ofDocument) {
        return ofDocument.stream()
                .map(
                        fault ->
                                here(fault)
                                        ? moved(fault)
                                        : new DocumentFault(
                                                "",
                                                "the company's document is wrong elsewhere, at "
                                                        + fault.path()
                                                        + ": "
                                                        + fault.message(),
                                                fault.cure()))
                .toList();
    }

    Provisioning.Outcome relative(Provisioning.Outcome outcome) {
        return outcome instanceof Provisioning.Refused refused
                ? new Provisioning.Refused(faults(refused.faults()))
                : outcome;
    }

    /** Those warnings that concern these settings. */
    List<DocumentFault> warnings(List<DocumentFault> ofDocument) {
        String portalPath = "/portals/" + portal;
        return ofDocument.stream()
                .filter(warning -> here(warning) || warning.path().equals(portalPath))
                .map(this::moved)
                .toList();
    }

    private boolean here(DocumentFault fault) {
        return fault.path().equals(path()) || fault.path().startsWith(path() + "/");
    }

    private DocumentFault moved(DocumentFault fault) {
        String path = here(fault) ? fault.path().substring(path().length()) : "";
        return new DocumentFault(path, fault.message(), fault.cure());
    }
}
