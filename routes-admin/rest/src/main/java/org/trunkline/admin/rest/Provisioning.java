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
import java.util.Optional;
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
     * @param version number of the version that it became
     */
    public record Accepted(JsonNode shown, int version) implements Outcome {}

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
     * Somebody else saved in between; nothing was changed.
     *
     * @param by the version that holds; empty: there is none
     */
    public record Overtaken(Optional<Companies.Version> by) implements Outcome {

        /** What happened and what to do, for people. */
        public String text() {
            return by.map(
                                    version ->
                                            version.author()
                                                    + " saved version "
                                                    + version.number()
                                                    + " at "
                                                    + Json.time(version.at()))
                            .orElse("there is no version yet")
                    + ": read it, and make the change anew";
        }
    }

    /** Takes or refuses a document, whatever version is there. */
    public Outcome apply(String company, byte[] document, String author) {
        return apply(company, document, author, Optional.empty());
    }

    /**
     * Takes or refuses a document.
     *
     * @param company key of the company
     * @param document JSON as given, secrets included
     * @param author who did it, for the history
     * @param madeFrom number of the version that it was made from; empty: whatever is there
     * @throws Fault.Retryable if the store can't be written; nothing was changed then
     */
    public Outcome apply(
            String company, byte[] document, String author, Optional<Integer> madeFrom) {
        if (!DocumentReader.isId(company)) {
            return new Refused(
                    List.of(
                            new DocumentFault(
                                    "",
                                    "'" + company + "' is no key for a company",
                                    DocumentReader.ID_CURE)));
        }
        try {
            return apply(company, STRICT.readTree(document), author, madeFrom);
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

    /**
     * Makes an older document the latest version, if today's rules take it. Secrets stay as they
     * are (rule X6).
     *
     * @param old a version of this company
     * @param madeFrom number of the latest version that the author knows; empty: whatever is there
     * @throws Fault.Retryable if the store can't be written; nothing was changed then
     */
    public Outcome restore(
            String company, Companies.Stored old, String author, Optional<Integer> madeFrom) {
        return apply(company, old.document(), author, madeFrom);
    }

    private Outcome apply(
            String company, JsonNode document, String author, Optional<Integer> madeFrom) {
        CompanyDocument.Outcome read =
                CompanyDocument.read(
                        company, document, Presets.all(), companies.secretKeys(company));
        if (!read.faults().isEmpty()) {
            return new Refused(read.faults());
        }
        JsonNode shown = CompanyDocument.withoutSecrets(document);
        return companies
                .put(read.company(), shown, read.secrets(), author, madeFrom)
                .<Outcome>map(version -> new Accepted(shown, version))
                .orElseGet(
                        () ->
                                new Overtaken(
                                        companies.latest(company).map(Companies.Stored::version)));
    }
}
