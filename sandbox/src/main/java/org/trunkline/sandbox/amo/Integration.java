package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.trunkline.sandbox.http.BadRequest;
import org.trunkline.sandbox.http.Json;

/** The integration as its owner set it up in the account. */
final class Integration {
    private static final Set<String> KINDS = Set.of("private", "public", "external");

    private String kind = "private";
    private String redirectUri = "";
    private String disconnectUrl = "";
    private boolean duplicateControl;
    private boolean consent = true;

    /** A kind alone, or any of the keys that {@link #document} shows. */
    synchronized void configure(JsonNode given) {
        String wanted = given.isTextual() ? given.asText() : given.path("kind").asText(kind);
        if (!KINDS.contains(wanted)) {
            throw new BadRequest(
                    "/account/integration/kind: \"" + wanted + "\" is none of " + KINDS);
        }
        kind = wanted;
        redirectUri = given.path("redirectUri").asText(redirectUri);
        disconnectUrl = given.path("disconnectUrl").asText(disconnectUrl);
        duplicateControl = given.path("duplicateControl").asBoolean(duplicateControl);
        consent = given.path("consent").asBoolean(consent);
    }

    synchronized ObjectNode document() {
        return Json.object()
                .put("kind", kind)
                .put("redirectUri", redirectUri)
                .put("disconnectUrl", disconnectUrl)
                .put("duplicateControl", duplicateControl)
                .put("consent", consent);
    }

    /** Whether the address is exactly the registered one; the first that comes is registered. */
    synchronized boolean redirectsTo(String given) {
        if (redirectUri.isEmpty()) {
            redirectUri = given;
        }
        return !given.isEmpty() && redirectUri.equals(given);
    }

    synchronized boolean external() {
        return kind.equals("external");
    }

    synchronized String redirectUri() {
        return redirectUri;
    }

    /** Where a disconnected account is reported, "" for nowhere. */
    synchronized String disconnectUrl() {
        return disconnectUrl;
    }

    /** Whether {@code leads/complex} looks for duplicates. */
    synchronized boolean duplicateControl() {
        return duplicateControl;
    }

    synchronized boolean consents() {
        return consent;
    }
}
