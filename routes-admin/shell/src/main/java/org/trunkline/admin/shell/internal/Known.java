package org.trunkline.admin.shell.internal;

import java.util.stream.Collectors;
import org.apache.karaf.shell.support.CommandException;
import org.trunkline.model.Company;
import org.trunkline.store.Companies;

/** What a person typed, checked, with the cure in the message. */
final class Known {

    private static final int MOST = 500;

    private Known() {}

    static void company(Companies companies, String key) throws CommandException {
        if (companies.find(key).isEmpty()) {
            throw new CommandException(
                    "there is no company '"
                            + key
                            + "'; known: "
                            + companies.all().stream()
                                    .map(Company::id)
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
    }

    /** Read here and not by Karaf, so that a wrong one is told with its cure. */
    static int limit(String given) throws CommandException {
        if (!given.matches("[1-9][0-9]{0,2}") || Integer.parseInt(given) > MOST) {
            throw new CommandException("give a --limit from 1 to " + MOST);
        }
        return Integer.parseInt(given);
    }
}
