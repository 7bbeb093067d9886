package org.trunkline.admin.shell.internal;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.table.ShellTable;
import org.trunkline.model.Call;
import org.trunkline.model.DocumentReader;
import org.trunkline.model.Json;
import org.trunkline.model.Leg;
import org.trunkline.model.PhoneNumber;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;

/** {@code trunkline:calls}: the latest calls of a company. */
@Service
@Command(scope = "trunkline", name = "calls", description = "Lists the latest calls of a company")
public final class CallsCommand implements Action {

    @Argument(name = "company", description = "Key of the company", required = true)
    private String company;

    @Option(name = "--limit", description = "How many, 1 to 500")
    private String limit = "20";

    @Reference private Companies companies;
    @Reference private Calls calls;
    @Reference private Session session;

    @Override
    public Object execute() throws CommandException {
        Known.company(companies, company);
        ShellTable table = new ShellTable().emptyTableText("no calls yet");
        for (String column :
                new String[] {
                    "Started", "Direction", "Client", "Line", "Rang", "Is", "Talk", "Id"
                }) {
            table.column(column);
        }
        calls.list(company, Optional.<Instant>empty(), Optional.empty(), Known.limit(limit))
                .items()
                .forEach(call -> table.addRow().addContent(row(call)));
        table.print(session.getConsole());
        return null;
    }

    private static Object[] row(Call call) {
        return new Object[] {
            Json.time(call.startedAt()),
            call.direction().map(DocumentReader::spelled).orElse(""),
            call.client().map(PhoneNumber::value).orElse(""),
            call.line().map(PhoneNumber::value).orElse(""),
            call.legs().stream()
                    .map(Leg::extension)
                    .flatMap(Optional::stream)
                    .distinct()
                    .collect(Collectors.joining(" ")),
            call.result()
                    .map(DocumentReader::spelled)
                    .orElseGet(() -> DocumentReader.spelled(call.state())),
            call.talkSeconds() + " s",
            call.id()
        };
    }
}
