package org.trunkline.admin.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.admin.rest.internal.BoundPortals;
import org.trunkline.admin.rest.internal.StrictJson;
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

    /** What {@link Accepted} adds to a document, which may be sent back as it came. */
    private static final String WARNINGS = "warnings";

    private static final int MOST_RIVALS = 5;

    private final Companies companies;
    private final UserCheck users;

    @Activate
    public Provisioning(@Reference Companies companies, @Reference UserCheck users) {
        this.companies = companies;
        this.users = users;
    }

    /** What became of a document. */
    public sealed interface Outcome {}

    /**
     * It holds from now on.
     *
     * @param shown the document without secrets
     * @param version number of the version that it became
     * @param warnings what is allowed but may surprise
     */
    public record Accepted(JsonNode shown, int version, List<DocumentFault> warnings)
            implements Outcome {

        /** The document, with the warnings if there are any. */
        public JsonNode withWarnings() {
            ObjectNode all = shown.deepCopy();
            if (!warnings.isEmpty()) {
                all.set(WARNINGS, Json.MAPPER.valueToTree(warnings));
            }
            return all;
        }
    }

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
            return apply(company, StrictJson.read(document), author, madeFrom);
        } catch (StrictJson.Broken e) {
            return new Unreadable(e.getMessage(), e.line(), e.column());
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

    /**
     * Changes the latest document.
     *
     * @param change from what is given now, without secrets; must not change its argument, and is
     *     called again if somebody else saved in between
     * @param madeFrom number of the version that the change was made for; empty: whatever is there
     * @throws Fault.Retryable if the store can't be written; nothing was changed then
     */
    public Outcome change(
            String company,
            UnaryOperator<JsonNode> change,
            String author,
            Optional<Integer> madeFrom) {
        for (int rivals = 0; ; rivals++) {
            Companies.Stored latest = companies.latest(company).orElseThrow();
            Outcome outcome =
                    apply(
                            company,
                            change.apply(latest.document()),
                            author,
                            madeFrom.or(() -> Optional.of(latest.version().number())));
            if (!(outcome instanceof Overtaken) || madeFrom.isPresent() || rivals == MOST_RIVALS) {
                return outcome;
            }
        }
    }

    /** What a stored document's author should know though it was accepted. */
    public List<DocumentFault> warnings(String company, JsonNode document) {
        return warnings(read(company, document), document);
    }

    /** What would be wrong with a document; nothing is changed. */
    public List<DocumentFault> faults(String company, JsonNode document) {
        return read(company, document).faults();
    }

    private CompanyDocument.Outcome read(String company, JsonNode document) {
        return CompanyDocument.read(
                company, document, Presets.all(), companies.secretKeys(company));
    }

    private List<DocumentFault> warnings(CompanyDocument.Outcome read, JsonNode document) {
        return Stream.concat(
                        read.warnings().stream(), users.warnings(read.company(), document).stream())
                .toList();
    }

    private Outcome apply(
            String company, JsonNode given, String author, Optional<Integer> madeFrom) {
        JsonNode document = given.deepCopy();
        if (document instanceof ObjectNode object) {
            object.remove(WARNINGS);
        }
        CompanyDocument.Outcome read = read(company, document);
        if (!read.faults().isEmpty()) {
            return new Refused(read.faults());
        }
        List<DocumentFault> bound =
                new BoundPortals(companies).faults(read.company(), read.secrets());
        if (!bound.isEmpty()) {
            return new Refused(bound);
        }
        JsonNode shown = CompanyDocument.withoutSecrets(document);
        return companies
                .put(read.company(), shown, read.secrets(), author, madeFrom)
                .<Outcome>map(version -> new Accepted(shown, version, warnings(read, shown)))
                .orElseGet(
                        () ->
                                new Overtaken(
                                        companies.latest(company).map(Companies.Stored::version)));
    }
}
