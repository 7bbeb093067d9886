package org.trunkline.store.internal;

import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.trunkline.model.Fault;

/** Table {@code secret}: nothing in it is in the clear. */
final class Secrets {

    private static final String PROOF = "trunkline";
    private static final String PROOF_PLACE = "secret_key";

    private final Database database;
    private final SecretBox box;

    /**
     * Opens the store of secrets.
     *
     * @throws IllegalStateException if the key is not the one that the database's secrets are
     *     stored under, or can't be had
     */
    Secrets(Database database, KeySource source) {
        this.database = database;
        box = proven().map(proof -> known(source, proof)).orElseGet(() -> first(source));
    }

    private record Proof(byte[] salt, byte[] value) {}

    private Optional<Proof> proven() {
        return database.run(
                session ->
                        session.first(
                                "select salt, proof from secret_key where id = 1",
                                row -> new Proof(row.getBytes("salt"), row.getBytes("proof"))));
    }

    private static SecretBox known(KeySource source, Proof proof) {
        String cure =
                ": put back the key that this database was first started with ("
                        + KeySource.VARIABLE
                        + " or the file secret.key of its data folder)";
        String text =
                source.read()
                        .orElseThrow(
                                () -> new IllegalStateException(source.name() + " is gone" + cure));
        SecretBox box = SecretBox.of(text, proof.salt());
        if (!box.open(proof.value(), PROOF_PLACE).equals(Optional.of(PROOF))) {
            throw new IllegalStateException(
                    source.name() + " does not open the secrets of this database" + cure);
        }
        return box;
    }

    private SecretBox first(KeySource source) {
        byte[] salt = new byte[SecretBox.SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        SecretBox made = SecretBox.of(source.read().orElseGet(source::create), salt);
        database.run(
                session ->
                        session.update(
                                """
                                insert into secret_key (id, salt, proof) values (1, ?, ?)
                                on conflict do nothing""",
                                salt,
                                made.seal(PROOF, PROOF_PLACE)));
        // Another node may have been quicker: its salt and proof count.
        return known(source, proven().orElseThrow());
    }

    /** A secret in the clear; empty: none. */
    Optional<String> secret(String company, String name) {
        return database.run(session -> read(session, company, name));
    }

    Optional<String> read(Session session, String company, String name) throws SQLException {
        return session.first(
                        "select sealed from secret where company = ? and name = ?",
                        row -> row.getBytes("sealed"),
                        company,
                        name)
                .map(stored -> opened(stored, company, name));
    }

    private String opened(byte[] stored, String company, String name) {
        return box.open(stored, place(company, name))
                .orElseThrow(
                        () ->
                                new Fault.Data(
                                        "secret " + name + " of " + company + " is damaged",
                                        "give it again in the provisioning document"));
    }

    Set<String> names(String company) {
        List<String> names =
                database.run(
                        session ->
                                session.query(
                                        "select name from secret where company = ?",
                                        row -> row.getString("name"),
                                        company));
        return new TreeSet<>(names);
    }

    /** Within a transaction that holds the company's row, so that no two write at once. */
    void write(Session session, String company, Map<String, String> secrets) throws SQLException {
        for (Map.Entry<String, String> secret : new TreeMap<>(secrets).entrySet()) {
            String name = secret.getKey();
            if (secret.getValue().isEmpty()) {
                session.update("delete from secret where company = ? and name = ?", company, name);
                continue;
            }
            byte[] value = box.seal(secret.getValue(), place(company, name));
            int there =
                    session.update(
                            "update secret set sealed = ? where company = ? and name = ?",
                            value,
                            company,
                            name);
            if (there == 0) {
                session.update(
                        "insert into secret (company, name, sealed) values (?, ?, ?)",
                        company,
                        name,
                        value);
            }
        }
    }

    private static String place(String company, String name) {
        return company + "\n" + name;
    }
}
