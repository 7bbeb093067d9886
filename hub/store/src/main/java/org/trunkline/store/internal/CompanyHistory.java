package org.trunkline.store.internal;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.Json;
import org.trunkline.store.Companies.Stored;
import org.trunkline.store.Companies.Version;
import org.trunkline.store.Page;

/** Table {@code company_version}: every document that ever held (rule X6). */
record CompanyHistory(Database database) {

    /** Within the transaction that puts the document. */
    static void write(Session session, String company, Version version, String document)
            throws SQLException {
        session.update(
                """
                insert into company_version (company, version, author, at, document)
                values (?, ?, ?, ?, ?)""",
                company,
                version.number(),
                version.author(),
                version.at(),
                document);
    }

    Optional<Stored> latest(String company) {
        return database.run(
                session ->
                        session.first(
                                """
                                select version, author, at, document from company_version
                                where company = ? order by version desc limit 1""",
                                CompanyHistory::stored,
                                company));
    }

    Optional<Stored> version(String company, int number) {
        return database.run(
                session ->
                        session.first(
                                """
                                select version, author, at, document from company_version
                                where company = ? and version = ?""",
                                CompanyHistory::stored,
                                company,
                                number));
    }

    Page<Version> list(String company, Optional<String> cursor, int limit) {
        Limits.checked(limit);
        int before = cursor.map(CompanyHistory::number).orElse(Integer.MAX_VALUE);
        List<Version> found =
                database.run(
                        session ->
                                session.query(
                                        """
                                        select version, author, at from company_version
                                        where company = ? and version < ?
                                        order by version desc limit ?""",
                                        CompanyHistory::version,
                                        company,
                                        before,
                                        limit + 1));
        if (found.size() <= limit) {
            return new Page<>(found, Optional.empty());
        }
        List<Version> items = List.copyOf(found.subList(0, limit));
        return new Page<>(items, Optional.of(String.valueOf(items.get(limit - 1).number())));
    }

    private static int number(String cursor) {
        if (!cursor.matches("[1-9][0-9]{0,8}")) {
            throw Limits.badCursor(cursor);
        }
        return Integer.parseInt(cursor);
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(version(row), Json.tree(row.getString("document")));
    }

    private static Version version(ResultSet row) throws SQLException {
        return new Version(
                row.getInt("version"), row.getString("author"), Session.instant(row, "at"));
    }
}
