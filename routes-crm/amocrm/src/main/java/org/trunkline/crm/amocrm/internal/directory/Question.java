package org.trunkline.crm.amocrm.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * Something to ask an account for, in a request of its own.
 *
 * @param method of HTTP
 * @param path below the account's address, with its query, encoded
 * @param body empty: none
 */
public record Question(String method, String path, Optional<JsonNode> body) {

    /** Changes nothing. */
    public static Question get(String path) {
        return new Question("GET", path, Optional.empty());
    }
}
