package org.trunkline.crm.amocrm.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.trunkline.crm.connector.directory.PortalReading;
import org.trunkline.crm.connector.directory.Read;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.CrmDirectory.Field;
import org.trunkline.model.CrmDirectory.Pipeline;
import org.trunkline.model.CrmUser;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;

/**
 * One look at how an account is set up: a request each for the account, its users, its pipelines
 * and the fields of three kinds of entities, and one more for each further page.
 *
 * @param account as {@code GET /account} shows it; missing where it was refused
 * @param pipelineRows as {@code GET /leads/pipelines} shows them
 * @param noUsers the account shows its users to administrators only
 */
record SetUp(
        JsonNode account, List<JsonNode> pipelineRows, boolean noUsers, PortalReading reading) {

    /** Why users can't be read, and what to do. */
    static final String NO_USERS = "the account does not show its users";

    static final String NO_USERS_CURE =
            "authorise the hub as an administrator of the account; an external integration never sees"
                    + " users: make a private one, or type the users' ids into the mapping by hand";

    /** By the vendor's names; what he calls leads are deals here. */
    private static final Map<String, EntityKind> FIELDS_OF =
            Map.of(
                    "leads", EntityKind.DEAL,
                    "contacts", EntityKind.CONTACT,
                    "companies", EntityKind.COMPANY);

    /**
     * Asks.
     *
     * @throws Fault if the account itself is not shown
     */
    static SetUp read(Function<Question, Told> ask) {
        JsonNode account = ask.apply(Question.get("/api/v4/account")).value();
        Told[] refused = new Told[1];
        Read<List<JsonNode>> users =
                Lists.all(
                        "users",
                        question -> {
                            Told told = ask.apply(question);
                            refused[0] = told;
                            return told;
                        });
        boolean noUsers = refused[0] instanceof Told.Refused no && no.noRight();
        Told pipelines = ask.apply(Question.get("/api/v4/leads/pipelines"));
        List<JsonNode> rows =
                pipelines instanceof Told.Given given
                        ? Lists.rows(given.value()).stream()
                                .filter(row -> !DirectoryRows.archived(row))
                                .toList()
                        : List.of();
        return new SetUp(
                account,
                rows,
                noUsers,
                new PortalReading(
                        noUsers ? new Read.Failed<>(NO_USERS, NO_USERS_CURE) : users(users),
                        new Read.Whole<>(false),
                        Read.of(pipelines, all -> pipelines(rows)),
                        new Read.Whole<>(new PortalReading.Stages(List.of(), List.of())),
                        fields(ask),
                        new Read.Whole<>(List.of())));
    }

    private static Read<List<CrmUser>> users(Read<List<JsonNode>> rows) {
        if (rows instanceof Read.Failed<List<JsonNode>> failed) {
            return new Read.Failed<>(failed.why(), failed.cure());
        }
        List<CrmUser> users = rows.or(List.of()).stream().map(DirectoryRows::user).toList();
        return users.isEmpty()
                ? new Read.Failed<>(NO_USERS, NO_USERS_CURE)
                : new Read.Whole<>(users);
    }

    private static Read<List<Pipeline>> pipelines(List<JsonNode> rows) {
        List<Pipeline> read = rows.stream().map(DirectoryRows::pipeline).toList();
        boolean whole = !read.isEmpty() && read.stream().noneMatch(p -> p.stages().isEmpty());
        return whole
                ? new Read.Whole<>(read)
                : new Read.Failed<>("the account showed no pipelines", "synchronise again");
    }

    private static Read<List<Field>> fields(Function<Question, Told> ask) {
        List<Field> all = new ArrayList<>();
        for (String list : List.of("leads", "contacts", "companies")) {
            Read<List<JsonNode>> rows = Lists.all(list + "/custom_fields", ask);
            if (rows instanceof Read.Failed<List<JsonNode>> failed) {
                return new Read.Failed<>(failed.why(), failed.cure());
            }
            rows.or(List.of())
                    .forEach(row -> all.add(DirectoryRows.field(FIELDS_OF.get(list), row)));
        }
        return new Read.Whole<>(List.copyOf(all));
    }
}
