package org.trunkline.admin.rest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.model.CompanyDocument;
import org.trunkline.model.DocumentFault;
import org.trunkline.model.DocumentReader;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.rules.Presets;
import org.trunkline.store.Companies;

/**
 * Takes a company's provisioning document whole or refuses it whole (contracts.md, "Provisioning").
 * REST and shell both come here, so both say the same of the same mistake.
 */
@Component(service = Provisioning.class)
public final class Provisioning {

    /**
     * A key given twice is a mistake that a person wants to hear of, and so is text after the end.
     */
    private static final ObjectReader STRICT =
            Json.MAPPER
                    .reader()
                    .with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                    .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final Companies companies;

    @Activate
    public Provisioning(@Reference Companies companies) {
        this.companies = companies;
    }

    /** What became of a document. */
    public sealed interface Outcome {}

    /**
     * It holds from now on.
     *
     * @param shown the document without secrets
     */
    public record Accepted(JsonNode shown) implements Outcome {}

    /** Nothing was changed. */
    public record Refused(List<DocumentFault> faults) implements Outcome {}

    /**
     * It is no JSON; nothing was changed.
     *
     * @param line from 1
     * @param column from 1
     */
    public record Unreadable(String message, int line, int column) implements Outcome {}

    /**
     * Takes or refuses a document.
     *
     * @param company key of the company
     * @param document JSON as given, secrets included
     * @param author who did it, for the history
     * @throws Fault.Retryable if the store can't be written; nothing was changed then
     */
    public Outcome apply(String company, byte[] document, String author) {
        if (!DocumentReader.isId(company)) {
            return new Refused(
                    List.of(
                            new DocumentFault(
                                    "",
                                    "'" + company + "' is no key for a company",
                                    DocumentReader.ID_CURE)));
        }
        try {
            return apply(company, STRICT.readTree(document), author);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
            return new Unreadable(
                    e.getOriginalMessage(),
                    Math.max(1, at.getLineNr()),
                    Math.max(1, at.getColumnNr()));
        } catch (IOException memoryAlwaysReads) {
            throw new UncheckedIOException(memoryAlwaysReads);
        }
    }

    private Outcome apply(String company, JsonNode document, String author) {
        CompanyDocument.Outcome read =
                CompanyDocument.read(
                        company, document, Presets.all(), companies.secretKeys(company));
        if (!read.faults().isEmpty()) {
            return new Refused(read.faults());
        }
        JsonNode shown = CompanyDocument.withoutSecrets(document);
        companies.put(read.company(), shown, read.secrets(), author);
        return new Accepted(shown);
    }
}
