package org.trunkline.sandbox.ami;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * An account of manager.conf.
 *
 * @param read event classes it may see; "all" = every one
 * @param write action classes it may use
 */
record AmiUser(String name, String secret, Set<String> read, Set<String> write) {
    static AmiUser of(JsonNode document) {
        return new AmiUser(
                document.path("username").asText("crm"),
                document.path("secret").asText("crm-secret"),
                classes(document.path("read").asText("all")),
                classes(document.path("write").asText("all")));
    }

    boolean reads(AmiMessage event) {
        return read.contains("all")
                || event.privileges().isEmpty()
                || event.privileges().stream().anyMatch(read::contains);
    }

    boolean writes(String privilege) {
        return write.contains("all") || write.contains(privilege);
    }

    private static Set<String> classes(String list) {
        return Set.of(list.replace(" ", "").split(","));
    }
}
