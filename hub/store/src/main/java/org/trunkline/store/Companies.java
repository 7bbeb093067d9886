package org.trunkline.store;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Company;

/** The provisioned companies, every version of their documents, and their secrets. */
public interface Companies {

    /**
     * Stores a document that was read without faults, in one transaction with its secrets.
     *
     * @param document as given, without secrets
     * @param secrets new ones; others stay as they are, those of parts that are gone are deleted
     * @param author who did it, for the history
     */
    default void put(
            Company company, JsonNode document, Map<String, String> secrets, String author) {
        put(company, document, secrets, author, Optional.empty());
    }

    /**
     * Likewise, unless somebody else was quicker.
     *
     * @param madeFrom number of the version that the document was made from, 0: of none; empty:
     *     whatever is there
     * @return number of the new version; empty: another is there by now, and nothing was written
     */
    Optional<Integer> put(
            Company company,
            JsonNode document,
            Map<String, String> secrets,
            String author,
            Optional<Integer> madeFrom);

    /** From memory. */
    Optional<Company> find(String company);

    /** From memory. */
    List<Company> all();

    /** The document as given last, without secrets. */
    default Optional<JsonNode> document(String company) {
        return latest(company).map(Stored::document);
    }

    /** The version that holds. */
    Optional<Stored> latest(String company);

    /** Any version. */
    Optional<Stored> version(String company, int number);

    /**
     * Versions, the latest first.
     *
     * @param cursor from a page before
     * @param limit 1 to 500
     * @throws org.trunkline.model.Fault.Data naming a wrong cursor or limit
     */
    Page<Version> versions(String company, Optional<String> cursor, int limit);

    /**
     * Who put a document, and when.
     *
     * @param number from 1, without gaps
     */
    record Version(int number, String author, Instant at) {}

    /** A version with its document, without secrets. */
    record Stored(Version version, JsonNode document) {}

    /** A secret in the clear; empty: none. Never to be logged. */
    Optional<String> secret(String company, String key);

    Set<String> secretKeys(String company);

    /** Replaces secrets in one commit; an empty one is deleted. */
    void putSecrets(String company, Map<String, String> secrets);

    /**
     * Replaces secrets in one commit, as after the renewal of a token, unless a person or another
     * hub was quicker.
     *
     * @param key of the secret that was used up
     * @param usedUp its value, empty: there is none yet; if it has another by now, nothing is
     *     written
     * @return whether they were written
     */
    boolean renewSecrets(String company, String key, String usedUp, Map<String, String> secrets);

    /** Called after each {@link #put}, of another hub too; must return at once. */
    Subscription onChange(Runnable signal);
}
