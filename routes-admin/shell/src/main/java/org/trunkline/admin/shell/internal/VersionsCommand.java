package org.trunkline.admin.shell.internal;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.trunkline.admin.rest.VersionView;
import org.trunkline.model.Json;
import org.trunkline.store.Companies;

/** {@code trunkline:versions}: who changed what in a company's document (rule X6). */
@Service
@Command(
        scope = "trunkline",
        name = "versions",
        description = "Lists the latest versions of a company's document, and what each changed")
public final class VersionsCommand implements Action {

    @Argument(name = "company", description = "Key of the company", required = true)
    private String company;

    @Option(name = "--limit", description = "How many, 1 to 500")
    private String limit = "20";

    @Reference private Companies companies;
    @Reference private Session session;

    @Override
    public Object execute() throws CommandException {
        Known.company(companies, company);
        ShellTable table = new ShellTable();
        for (String column : new String[] {"Version", "At", "Author", "Changed"}) {
            table.column(column);
        }
        companies
                .versions(company, Optional.empty(), Known.limit(limit))
                .items()
                .forEach(version -> table.addRow().addContent(row(version)));
        table.print(session.getConsole());
        return null;
    }

    private Object[] row(Companies.Version version) {
        VersionView view = VersionView.of(companies, company, version.number()).orElseThrow();
        return new Object[] {
            view.version(), Json.time(view.at()), view.author(), String.join(" ", view.changed())
        };
    }
}
