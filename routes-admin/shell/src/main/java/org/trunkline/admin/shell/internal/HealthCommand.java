package org.trunkline.admin.shell.internal;

import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.table.ShellTable;
import org.trunkline.admin.rest.HubHealth;
import org.trunkline.admin.rest.HubState;

/** {@code trunkline:health}: what {@code GET /health} says, as a table. */
@Service
@Command(
        scope = "trunkline",
        name = "health",
        description = "Shows the state of the hub, its PBXs, portals, store and work")
public final class HealthCommand implements Action {

    @Reference private HubHealth health;
    @Reference private Session session;

    @Override
    public Object execute() {
        HubState state = health.state();
        ShellTable table = new ShellTable();
        for (String column : new String[] {"What", "State", "Reason", "Cure"}) {
            table.column(column);
        }
        table.addRow().addContent("hub", state.state(), "", "");
        table.addRow().addContent("store", state.store().state(), state.store().reason(), "");
        state.pbx()
                .forEach(
                        p ->
                                table.addRow()
                                        .addContent(
                                                "pbx " + p.company() + "/" + p.id(),
                                                p.state(),
                                                p.reason(),
                                                p.cure()));
        state.portals()
                .forEach(
                        p ->
                                table.addRow()
                                        .addContent(
                                                "portal " + p.company() + "/" + p.id(),
                                                p.state(),
                                                p.reason(),
                                                p.cure()));
        table.print(session.getConsole());
        state.work()
                .ifPresent(
                        w ->
                                session.getConsole()
                                        .printf(
                                                "Work: %d waiting, %d retrying, %d dead;"
                                                        + " the oldest is %d s old%n",
                                                w.waiting(),
                                                w.retrying(),
                                                w.dead(),
                                                w.oldestSeconds()));
        return null;
    }
}
