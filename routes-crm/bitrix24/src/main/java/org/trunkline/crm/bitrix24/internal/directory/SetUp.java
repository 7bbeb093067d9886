package org.trunkline.crm.bitrix24.internal.directory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.trunkline.crm.connector.directory.PortalReading;
import org.trunkline.crm.connector.directory.Read;
import org.trunkline.crm.connector.directory.Told;
import org.trunkline.model.CrmDirectory;
import org.trunkline.model.CrmDirectory.ExternalLine;
import org.trunkline.model.CrmDirectory.Field;
import org.trunkline.model.CrmDirectory.Pipeline;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;

/** Reads how a portal is set up: all in one request, unless it has very many users. */
final class SetUp {

    /** The vendor's number of the mode with leads. */
    private static final int CLASSIC = 1;

    private static final List<EntityKind> KINDS =
            List.of(EntityKind.LEAD, EntityKind.DEAL, EntityKind.CONTACT, EntityKind.COMPANY);

    private static final int FIELDS_FROM = 4;

    private static final int USERS_FROM = FIELDS_FROM + KINDS.size();

    private SetUp() {}

    /**
     * Asks.
     *
     * @param ask one request
     * @return with lines of which none is marked as ours yet
     * @throws Fault if nothing of it reached the portal
     */
    static PortalReading read(Function<List<Question>, List<Told>> ask, CrmDirectory known) {
        List<Question> questions = new ArrayList<>();
        questions.add(Question.of("crm.settings.mode.get"));
        questions.add(
                new Question("crm.category.list", Map.of("entityTypeId", Integer.valueOf(2))));
        questions.add(Question.of("crm.status.list"));
        questions.add(Question.of("telephony.externalLine.get"));
        for (EntityKind kind : KINDS) {
            questions.add(Question.of("crm." + kind.name().toLowerCase(Locale.ROOT) + ".fields"));
        }
        int users = known.users().size();
        questions.addAll(UserPages.first(users));
        List<Told> told = ask.apply(questions);
        if (told.stream().allMatch(Told.Refused.class::isInstance)) {
            told.get(0).value();
        }
        return new PortalReading(
                UserPages.read(told.subList(USERS_FROM, told.size()), ask, users),
                Read.of(told.get(0), mode -> new Read.Whole<>(mode.asInt() == CLASSIC)),
                pipelines(told.get(1), told.get(2)),
                Read.of(told.get(2), SetUp::stages),
                fields(told),
                Read.of(told.get(3), SetUp::lines));
    }

    private static Read<List<Pipeline>> pipelines(Told categories, Told statuses) {
        return Read.of(
                categories,
                rows ->
                        Read.of(
                                statuses,
                                stages -> {
                                    List<Pipeline> read = DirectoryRows.pipelines(rows, stages);
                                    boolean whole =
                                            !read.isEmpty()
                                                    && read.stream()
                                                            .noneMatch(p -> p.stages().isEmpty());
                                    return whole ? new Read.Whole<>(read) : empty("pipelines");
                                }));
    }

    private static Read<PortalReading.Stages> stages(JsonNode statuses) {
        PortalReading.Stages read =
                new PortalReading.Stages(
                        DirectoryRows.leadStages(statuses), DirectoryRows.sources(statuses));
        return read.leads().isEmpty() && read.sources().isEmpty()
                ? empty("statuses")
                : new Read.Whole<>(read);
    }

    private static Read<List<Field>> fields(List<Told> told) {
        List<Field> all = new ArrayList<>();
        for (int i = 0; i < KINDS.size(); i++) {
            if (told.get(FIELDS_FROM + i) instanceof Told.Refused refused) {
                return Read.failed(refused.why());
            }
            all.addAll(DirectoryRows.fields(KINDS.get(i), told.get(FIELDS_FROM + i).value()));
        }
        return all.isEmpty() ? empty("fields") : new Read.Whole<>(List.copyOf(all));
    }

    /** A portal without lines is as good as any. */
    static Read<List<ExternalLine>> lines(JsonNode rows) {
        return new Read.Whole<>(
                StreamSupport.stream(rows.spliterator(), false)
                        .map(
                                row ->
                                        new ExternalLine(
                                                row.path("NUMBER").asText(),
                                                row.path("NAME").asText(""),
                                                row.path("CRM_AUTO_CREATE").asText().equals("Y"),
                                                false))
                        .toList());
    }

    private static <T> Read<T> empty(String what) {
        return new Read.Failed<>(
                "the portal showed no " + what,
                "see that the application has the permission crm, and that whoever authorised it"
                        + " may read the CRM's settings");
    }
}
