package org.trunkline.admin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.JsonChanges;
import org.trunkline.store.Companies;

/**
 * A version of a company's document as people see it (rule X6). Secrets are no part of it.
 *
 * @param changed JSON Pointers of what differs from the version before
 * @param document only where one version is asked for
 */
public record VersionView(
        int version, String author, Instant at, List<String> changed, Optional<JsonNode> document) {

    /** Without the document. */
    public static Optional<VersionView> of(Companies companies, String company, int number) {
        return whole(companies, company, number)
                .map(v -> new VersionView(number, v.author, v.at, v.changed, Optional.empty()));
    }

    /** With the document; empty: there is no such version. */
    public static Optional<VersionView> whole(Companies companies, String company, int number) {
        return companies
                .version(company, number)
                .map(
                        stored ->
                                new VersionView(
                                        number,
                                        stored.version().author(),
                                        stored.version().at(),
                                        JsonChanges.between(
                                                before(companies, company, number),
                                                stored.document()),
                                        Optional.of(stored.document())));
    }

    private static JsonNode before(Companies companies, String company, int number) {
        return companies
                .version(company, number - 1)
                .map(Companies.Stored::document)
                .orElse(JsonNodeFactory.instance.objectNode());
    }
}
