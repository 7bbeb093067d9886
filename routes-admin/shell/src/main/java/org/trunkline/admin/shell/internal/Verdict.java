package org.trunkline.admin.shell.internal;

import java.util.Optional;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.trunkline.admin.rest.Provisioning;

/**
 * Tells what became of a document.
 *
 * @param what the document's name for people
 */
record Verdict(String what, Session session) {

    /** Who typed it, for the history. */
    static String author(Session session) {
        return Optional.ofNullable(session.get("USER")).map(Object::toString).orElse("shell");
    }

    Provisioning.Accepted accepted(Provisioning.Outcome outcome) throws CommandException {
        if (outcome instanceof Provisioning.Unreadable broken) {
            throw new CommandException(
                    "%s, line %d, column %d: %s"
                            .formatted(what, broken.line(), broken.column(), broken.message()));
        }
        if (outcome instanceof Provisioning.Refused refused) {
            refused.faults().forEach(fault -> session.getConsole().println(fault));
            throw new CommandException(what + " was refused whole, nothing was changed: see above");
        }
        if (outcome instanceof Provisioning.Overtaken overtaken) {
            throw new CommandException("nothing was changed; " + overtaken.text());
        }
        Provisioning.Accepted accepted = (Provisioning.Accepted) outcome;
        accepted.warnings().forEach(warning -> session.getConsole().println("Warning: " + warning));
        return accepted;
    }
}
