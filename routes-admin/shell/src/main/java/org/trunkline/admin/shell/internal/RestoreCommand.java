package org.trunkline.admin.shell.internal;

import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.trunkline.admin.rest.Provisioning;
import org.trunkline.store.Companies;

/** {@code trunkline:restore}: an older document becomes the latest version (rule X6). */
@Service
@Command(
        scope = "trunkline",
        name = "restore",
        description = "Makes an older version of a company's document the latest; secrets stay")
public final class RestoreCommand implements Action {

    @Argument(name = "company", description = "Key of the company", required = true)
    private String company;

    @Argument(
            index = 1,
            name = "version",
            description = "Number of the version, see trunkline:versions",
            required = true)
    private String version;

    @Reference private Provisioning provisioning;
    @Reference private Companies companies;
    @Reference private Session session;

    @Override
    public Object execute() throws CommandException {
        Known.company(companies, company);
        Companies.Stored old = old();
        Provisioning.Accepted accepted =
                new Verdict("version " + version, session)
                        .accepted(
                                provisioning.restore(
                                        company, old, Verdict.author(session), Optional.empty()));
        session.getConsole()
                .println(
                        "Company "
                                + company
                                + " is as in version "
                                + version
                                + " again, as version "
                                + accepted.version()
                                + ".");
        return null;
    }

    private Companies.Stored old() throws CommandException {
        if (version.matches("[1-9][0-9]{0,8}")) {
            var found = companies.version(company, Integer.parseInt(version));
            if (found.isPresent()) {
                return found.get();
            }
        }
        throw new CommandException(
                "there is no version '" + version + "'; trunkline:versions lists them");
    }
}
