package org.trunkline.rules;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.Company;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.CrmDirectory.ExternalLine;
import org.trunkline.model.CrmUser;
import org.trunkline.model.Direction;
import org.trunkline.model.DocumentReader;
import org.trunkline.model.Filter;
import org.trunkline.model.Integration;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.CreateBy;

/**
 * Why nothing is created, or why things are created twice: the usual causes, looked for in an
 * integration's settings and in what is known of its portal (rule O17). Pure.
 *
 * @param others what else was seen to write calls into the portal, for people
 */
public record CreationCheck(
        Company company,
        Integration integration,
        Settings settings,
        CrmDirectory portal,
        List<String> others) {

    /** What a cause would explain. */
    @EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
    public enum Explains {
        NOTHING_CREATED,
        DUPLICATES
    }

    /**
     * A cause that was found.
     *
     * @param path JSON Pointer into the integration's settings, or, where it starts with {@code
     *     /mapping}, into the integration; empty: it does not lie in the document
     */
    public record Cause(Explains explains, String path, String message, String cure) {}

    /** All that were found; those that keep all calls back stand first. */
    public List<Cause> causes() {
        return Stream.of(
                        switches().stream(),
                        employees().stream(),
                        filter(Direction.INBOUND, settings.filters().incoming()).stream(),
                        filter(Direction.OUTBOUND, settings.filters().outgoing()).stream(),
                        responsible().stream(),
                        known().stream(),
                        twice().stream())
                .flatMap(causes -> causes)
                .toList();
    }

    private List<Cause> switches() {
        List<Cause> causes = new ArrayList<>();
        Settings.Entities entities = settings.entities();
        if (settings.otherTelephony()) {
            causes.add(
                    nothing(
                            "/otherTelephony/enabled",
                            "is on: another telephony makes the entities, the hub makes none (O7)",
                            "switch it off if the hub should make them"));
        }
        if (entities.createBy() == CreateBy.NOBODY) {
            causes.add(
                    nothing(
                            "/entities/createBy",
                            "is nobody: creation is switched off",
                            "set it to hub, or to portal where the CRM should decide"));
            return causes;
        }
        off(causes, entities.incomingDirect(), "incomingDirect", "incoming to employees' numbers");
        off(
                causes,
                entities.incomingMultichannel(),
                "incomingMultichannel",
                "incoming to multichannel numbers");
        off(causes, entities.outgoing(), "outgoing", "outgoing calls");
        unwritten(causes, settings.record().incoming(), "incoming");
        unwritten(causes, settings.record().outgoing(), "outgoing");
        return causes;
    }

    private static void off(List<Cause> causes, boolean on, String key, String calls) {
        if (!on) {
            causes.add(
                    nothing(
                            "/entities/" + key,
                            "is off: " + calls + " make nothing (T14)",
                            "switch it on"));
        }
    }

    private static void unwritten(List<Cause> causes, boolean on, String direction) {
        if (!on) {
            causes.add(
                    nothing(
                            "/record/" + direction,
                            "is off: " + direction + " calls are not written, and make nothing",
                            "switch it on"));
        }
    }

    private List<Cause> employees() {
        if (settings.saveAll().enabled()) {
            return List.of();
        }
        if (integration.mapping().isEmpty()) {
            return List.of(
                    nothing(
                            "/mapping",
                            "is empty: calls of unmapped employees make nothing (T4)",
                            "map the employees to users of the CRM, or switch on /saveAll"));
        }
        long unmapped =
                company.account(integration.pbx()).stream()
                        .flatMap(account -> account.employees().stream())
                        .filter(employee -> integration.user(employee).isEmpty())
                        .count();
        return unmapped == 0
                ? List.of()
                : List.of(
                        nothing(
                                "/mapping",
                                "lacks " + unmapped + " employees: their calls make nothing (T4)",
                                "map them to users of the CRM, or switch on /saveAll"));
    }

    private static List<Cause> filter(Direction direction, Filter filter) {
        String word = direction == Direction.INBOUND ? "incoming" : "outgoing";
        String path = "/filters/" + word + "/filter";
        List<Filter.Condition> conditions = filter.conditions();
        if (conditions.isEmpty()) {
            return List.of();
        }
        List<String> words =
                conditions.stream()
                        .map(
                                c ->
                                        DocumentReader.spelled(c.mode())
                                                + " "
                                                + DocumentReader.spelled(c.param())
                                                + " "
                                                + String.join(
                                                        ", ",
                                                        c.values().stream().sorted().toList()))
                        .toList();
        List<Cause> causes = new ArrayList<>();
        causes.add(
                nothing(
                        path,
                        "leaves " + word + " calls out: " + String.join("; ", words) + " (O14)",
                        "see by a dry run which calls it leaves out, or switch it off"));
        if (conditions.stream().anyMatch(c -> c.param().late())) {
            causes.add(
                    nothing(
                            path,
                            "asks for what is known once an employee accepts: missed calls make"
                                    + " nothing (O15)",
                            "leave these conditions out if missed calls matter"));
        }
        return causes;
    }

    private List<Cause> responsible() {
        List<Cause> causes = new ArrayList<>();
        if (settings.entities().createBy() == CreateBy.HUB) {
            user(causes, "incomingDefault", settings.responsible().incomingDefault());
            user(causes, "outgoingDefault", settings.responsible().outgoingDefault());
        }
        return causes;
    }

    private void user(List<Cause> causes, String key, Optional<String> given) {
        String path = "/responsible/" + key;
        String cure = "name an active user of the CRM";
        if (given.isEmpty()) {
            causes.add(
                    nothing(
                            path,
                            "is missing: calls that rang no mapped employee make nothing (O9)",
                            cure));
        } else if (portal.has(CrmDirectory.Part.USERS)
                && portal.user(given.get()).filter(CrmUser::active).isEmpty()) {
            causes.add(
                    nothing(
                            path,
                            "names user " + given.get() + ", who was dismissed or is not there",
                            cure));
        }
    }

    private List<Cause> known() {
        boolean byMode = settings.entities().repeat() == Settings.Repeat.BY_MODE;
        return switch (settings.entities().createBy()) {
            case NOBODY -> List.of();
            case HUB ->
                    List.of(
                            nothing(
                                    "/entities/repeat",
                                    byMode
                                            ? "is byMode: a client whom the CRM knows gets nothing"
                                                    + " new (T14)"
                                            : "is whenNoOpen: a client with an open deal or lead"
                                                    + " gets nothing new (O6)",
                                    byMode
                                            ? "set it to whenNoOpen if repeated calls should make"
                                                    + " a deal"
                                            : "close the old one, if that surprises"));
            case PORTAL ->
                    List.of(
                            nothing(
                                    "/entities/createBy",
                                    "is portal: the CRM makes nothing for numbers that it knows, of"
                                            + " its own users, or on its list of exceptions, which"
                                            + " no application can read",
                                    "look at CRM, Settings, Exceptions in the portal"));
        };
    }

    private List<Cause> twice() {
        List<Cause> causes = new ArrayList<>();
        others.forEach(
                other ->
                        causes.add(
                                twice(
                                        "",
                                        other + " writes calls into the same portal",
                                        "switch one of them off, or set /otherTelephony/enabled")));
        company.integrations().stream()
                .filter(other -> !other.id().equals(integration.id()))
                .filter(other -> other.portal().equals(integration.portal()))
                .filter(other -> other.pbx().equals(integration.pbx()))
                .forEach(
                        other ->
                                causes.add(
                                        twice(
                                                "",
                                                "integration "
                                                        + other.id()
                                                        + " brings calls of the same PBX into the"
                                                        + " same portal",
                                                "keep one, or part their calls by filters")));
        if (settings.entities().createBy() == CreateBy.HUB) {
            List<String> making =
                    portal.lines().stream()
                            .filter(ExternalLine::autoCreate)
                            .map(ExternalLine::number)
                            .toList();
            if (!making.isEmpty()) {
                causes.add(
                        twice(
                                "/entities/createBy",
                                "is hub, and the CRM makes entities of outgoing calls over "
                                        + String.join(", ", making)
                                        + " too",
                                "synchronise: the hub switches it off for the lines that it"
                                        + " made"));
            }
        }
        return causes;
    }

    private static Cause nothing(String path, String message, String cure) {
        return new Cause(Explains.NOTHING_CREATED, path, message, cure);
    }

    private static Cause twice(String path, String message, String cure) {
        return new Cause(Explains.DUPLICATES, path, message, cure);
    }
}
