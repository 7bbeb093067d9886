package org.trunkline.store.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.store.Companies;
import org.trunkline.store.Subscription;

/** Tables {@code company}, {@code company_version} and, by {@link Secrets}, {@code secret}. */
final class JdbcCompanies implements Companies {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcCompanies.class);

    private final Database database;
    private final Secrets secrets;
    private final Clock clock;
    private final Signal changed = new Signal();
    private final Map<String, Company> known = new ConcurrentHashMap<>();

    JdbcCompanies(Database database, Secrets secrets, Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
        load();
    }

    private record Stored(String id, String typed) {}

    private void load() {
        List<Stored> stored =
                database.run(
                        session ->
                                session.query(
                                        "select id, typed from company",
                                        row ->
                                                new Stored(
                                                        row.getString("id"),
                                                        row.getString("typed"))));
        for (Stored company : stored) {
            try {
                known.put(company.id(), Json.read(company.typed(), Company.class));
            } catch (IllegalArgumentException e) {
                LOG.error(
                        "Company {} can't be read and is left out; put its document again: {}",
                        company.id(),
                        e.getMessage());
            }
        }
        LOG.info("The store is open, with {} companies", known.size());
    }

    @Override
    public void put(Company company, JsonNode document, Map<String, String> given, String author) {
        // One at a time, so that memory ends with what the table ends with.
        synchronized (known) {
            database.transaction(
                    session -> {
                        int version = lock(session, company.id()) + 1;
                        write(session, company, Json.write(document), version, author);
                        secrets.write(session, company.id(), given);
                        return dropSecretsOfGoneParts(session, company);
                    });
            known.put(company.id(), company);
        }
        changed.fire();
    }

    /** Takes the company's row, made if need be, and tells its version. */
    private static int lock(Session session, String company) throws SQLException {
        session.update(
                """
                insert into company (id, version, document, typed) values (?, 0, '{}', '{}')
                on conflict do nothing""",
                company);
        return version(session, company).orElseThrow();
    }

    private static Optional<Integer> version(Session session, String company) throws SQLException {
        return session.first(
                "select version from company where id = ? for update",
                row -> row.getInt("version"),
                company);
    }

    private void write(
            Session session, Company company, String document, int version, String author)
            throws SQLException {
        session.update(
                "update company set version = ?, document = ?, typed = ? where id = ?",
                version,
                document,
                Json.write(company),
                company.id());
        session.update(
                """
                insert into company_version (company, version, author, at, document)
                values (?, ?, ?, ?, ?)""",
                company.id(),
                version,
                author,
                clock.instant(),
                document);
    }

    private static int dropSecretsOfGoneParts(Session session, Company company)
            throws SQLException {
        List<String> parts =
                Stream.concat(
                                company.pbx().stream().map(account -> account.secretKey("")),
                                company.portals().stream().map(portal -> portal.secretKey("")))
                        .toList();
        List<String> names =
                session.query(
                        "select name from secret where company = ?",
                        row -> row.getString("name"),
                        company.id());
        int dropped = 0;
        for (String name : names) {
            if (parts.stream().noneMatch(name::startsWith)) {
                dropped +=
                        session.update(
                                "delete from secret where company = ? and name = ?",
                                company.id(),
                                name);
            }
        }
        return dropped;
    }

    @Override
    public Optional<Company> find(String company) {
        return Optional.ofNullable(known.get(company));
    }

    @Override
    public List<Company> all() {
        return known.values().stream().sorted(Comparator.comparing(Company::id)).toList();
    }

    @Override
    public Optional<JsonNode> document(String company) {
        return database.run(
                        session ->
                                session.first(
                                        "select document from company where id = ?",
                                        row -> row.getString("document"),
                                        company))
                .map(Json::tree);
    }

    @Override
    public List<Version> versions(String company) {
        return database.run(
                session ->
                        session.query(
                                """
                                select version, author, at from company_version
                                where company = ? order by version desc""",
                                row ->
                                        new Version(
                                                row.getInt("version"),
                                                row.getString("author"),
                                                Session.instant(row, "at")),
                                company));
    }

    @Override
    public Optional<String> secret(String company, String key) {
        return secrets.secret(company, key);
    }

    @Override
    public Set<String> secretKeys(String company) {
        return secrets.names(company);
    }

    @Override
    public void putSecrets(String company, Map<String, String> given) {
        database.transaction(
                session -> {
                    if (version(session, company).isEmpty()) {
                        throw new Fault.Data(
                                "company " + company + " is unknown",
                                "put its provisioning document first");
                    }
                    secrets.write(session, company, given);
                    return given.size();
                });
    }

    @Override
    public Subscription onChange(Runnable signal) {
        return changed.subscribe(signal);
    }
}
