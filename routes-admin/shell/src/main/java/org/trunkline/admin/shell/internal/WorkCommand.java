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
import org.trunkline.model.DocumentReader;
import org.trunkline.model.Json;
import org.trunkline.store.Companies;
import org.trunkline.store.Work;

/** {@code trunkline:work}: what the CRMs of a company still lack. */
@Service
@Command(
        scope = "trunkline",
        name = "work",
        description = "Lists what the CRMs of a company still lack, dead letters included")
public final class WorkCommand implements Action {

    @Argument(name = "company", description = "Key of the company", required = true)
    private String company;

    @Option(name = "--limit", description = "How many, 1 to 500")
    private String limit = "50";

    @Reference private Companies companies;
    @Reference private Work work;
    @Reference private Session session;

    @Override
    public Object execute() throws CommandException {
        Known.company(companies, company);
        ShellTable table = new ShellTable().emptyTableText("nothing is left to do");
        for (String column :
                new String[] {"Id", "Call", "Integration", "State", "Due", "Attempts", "Error"}) {
            table.column(column);
        }
        work.list(company, Optional.empty(), Optional.empty(), Known.limit(limit))
                .items()
                .forEach(item -> table.addRow().addContent(row(item)));
        table.print(session.getConsole());
        return null;
    }

    private static Object[] row(Work.Item item) {
        return new Object[] {
            item.id(),
            item.call(),
            item.integration(),
            DocumentReader.spelled(item.state()),
            Json.time(item.dueAt()),
            item.attempts(),
            item.error().orElse("")
        };
    }
}
