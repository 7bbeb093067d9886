package org.trunkline.admin.shell.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.support.CommandException;
import org.apache.karaf.shell.support.completers.FileCompleter;
import org.trunkline.admin.rest.Provisioning;

/** {@code trunkline:apply}: what {@code PUT /api/v1/companies/{company}} does, from a file. */
@Service
@Command(
        scope = "trunkline",
        name = "apply",
        description = "Applies a company's provisioning document, whole or not at all")
public final class ApplyCommand implements Action {

    private static final String SUFFIX = ".json";

    @Argument(
            name = "file",
            description = "The document; without --company it is named COMPANY.json",
            required = true)
    @Completion(FileCompleter.class)
    private String file;

    @Option(name = "--company", description = "Key of the company", valueToShowInHelp = "")
    private String company;

    @Reference private Provisioning provisioning;
    @Reference private Session session;

    @Override
    public Object execute() throws IOException, CommandException {
        Path path = Path.of(file);
        String key = Optional.ofNullable(company).orElseGet(() -> keyOf(path));
        Provisioning.Accepted accepted =
                new Verdict(file, session)
                        .accepted(provisioning.apply(key, read(path), Verdict.author(session)));
        session.getConsole()
                .println(
                        "Company "
                                + key
                                + " is as "
                                + file
                                + " says, version "
                                + accepted.version()
                                + ".");
        return null;
    }

    private static String keyOf(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }

    private static byte[] read(Path path) throws IOException, CommandException {
        try {
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw new CommandException(
                    "there is no file " + path.toAbsolutePath() + " on the hub's machine", e);
        }
    }
}
