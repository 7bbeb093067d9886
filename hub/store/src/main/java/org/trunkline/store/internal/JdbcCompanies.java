package org.trunkline.store.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.trunkline.store.Page;
import org.trunkline.store.Subscription;

/** Table {@code company}, with {@link CompanyHistory} and {@link Secrets}. */
final class JdbcCompanies implements Companies, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcCompanies.class);

    private final Database database;
    private final Secrets secrets;
    private final Signals signals;
    private final Clock clock;
    private final CompanyHistory history;
    private final Subscription beats;
    private final Map<String, Integer> versions = new ConcurrentHashMap<>();
    private final Map<String, Company> known = new ConcurrentHashMap<>();

    JdbcCompanies(Database database, Secrets secrets, Signals signals, Clock clock) {
        this.database = database;
        this.secrets = secrets;
        this.signals = signals;
        this.clock = clock;
        this.history = new CompanyHistory(database);
        follow();
        beats = signals.beat.subscribe(this::follow);
        LOG.info("The store is open, with {} companies", known.size());
    }

    @Override
    public void close() {
        beats.close();
    }

    private record Known(String id, int version) {}

    /** Takes into memory what is newer in the table: all at the start, then what others put. */
    private void follow() {
        boolean news = false;
        synchronized (known) {
            for (Known row : rows()) {
                if (!Objects.equals(versions.get(row.id()), row.version())) {
                    read(row);
                    news = true;
                }
            }
        }
        if (news) {
            signals.provisioned.fire();
        }
    }

    private List<Known> rows() {
        return database.run(
                session ->
                        session.query(
                                "select id, version from company",
                                row -> new Known(row.getString("id"), row.getInt("version"))));
    }

    private void read(Known company) {
        try {
            database.run(
                            session ->
                                    session.first(
                                            "select typed from company where id = ?",
                                            row -> row.getString("typed"),
                                            company.id()))
                    .ifPresent(typed -> known.put(company.id(), Json.read(typed, Company.class)));
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "Company {} can't be read and is left out; put its document again: {}",
                    company.id(),
                    e.getMessage());
        }
        versions.put(company.id(), company.version());
    }

    @Override
    public Optional<Integer> put(
            Company company,
            JsonNode document,
            Map<String, String> given,
            String author,
            Optional<Integer> madeFrom) {
        Optional<Integer> stored;
        // One at a time, so that memory ends with what the table ends with.
        synchronized (known) {
            stored =
                    database.transaction(
                            session -> {
                                Optional<Integer> before = lock(session, company.id(), madeFrom);
                                if (before.isPresent()) {
                                    int version = before.get() + 1;
                                    write(session, company, Json.write(document), version, author);
                                    secrets.write(session, company.id(), given);
                                    dropSecretsOfGoneParts(session, company);
                                }
                                return before.map(number -> number + 1);
                            });
            stored.ifPresent(
                    version -> {
                        known.put(company.id(), company);
                        versions.put(company.id(), version);
                    });
        }
        if (stored.isPresent()) {
            signals.provisioned.fire();
        }
        return stored;
    }

    /** Takes the company's row, made if need be, and tells its version if it is the wanted one. */
    private static Optional<Integer> lock(Session session, String company, Optional<Integer> wanted)
            throws SQLException {
        Optional<Integer> there = version(session, company);
        if (there.isEmpty() && wanted.orElse(0) == 0) {
            session.update(
                    """
                    insert into company (id, version, document, typed) values (?, 0, '{}', '{}')
                    on conflict do nothing""",
                    company);
            // Another may have been quicker.
            there = version(session, company);
        }
        return there.filter(number -> wanted.isEmpty() || wanted.get().equals(number));
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
        CompanyHistory.write(
                session, company.id(), new Version(version, author, clock.instant()), document);
    }

    private static void dropSecretsOfGoneParts(Session session, Company company)
            throws SQLException {
        List<String> parts =
                Stream.of(
                                Stream.of(Company.SECRETS),
                                company.pbx().stream().map(account -> account.secretKey("")),
                                company.portals().stream().map(portal -> portal.secretKey("")))
                        .flatMap(part -> part)
                        .toList();
        List<String> names =
                session.query(
                        "select name from secret where company = ?",
                        row -> row.getString("name"),
                        company.id());
        for (String name : names) {
            if (parts.stream().noneMatch(name::startsWith)) {
                session.update(
                        "delete from secret where company = ? and name = ?", company.id(), name);
            }
        }
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
    public Optional<Stored> latest(String company) {
        return history.latest(company);
    }

    @Override
    public Optional<Stored> version(String company, int number) {
        return history.version(company, number);
    }

    @Override
    public Page<Version> versions(String company, Optional<String> cursor, int limit) {
        return history.list(company, cursor, limit);
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
                    lockKnown(session, company);
                    secrets.write(session, company, given);
                    return given.size();
                });
    }

    @Override
    public boolean renewSecrets(
            String company, String key, String usedUp, Map<String, String> given) {
        return database.transaction(
                session -> {
                    lockKnown(session, company);
                    boolean first = secrets.read(session, company, key).orElse("").equals(usedUp);
                    if (first) {
                        secrets.write(session, company, given);
                    }
                    return first;
                });
    }

    private static void lockKnown(Session session, String company) throws SQLException {
        if (version(session, company).isEmpty()) {
            throw new Fault.Data(
                    "company " + company + " is unknown", "put its provisioning document first");
        }
    }

    @Override
    public Subscription onChange(Runnable signal) {
        return signals.provisioned.subscribe(signal);
    }
}
