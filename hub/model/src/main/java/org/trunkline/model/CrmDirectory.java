package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a portal is set up, as the hub read it last (rules T4, O17): who works there, and where deals
 * and leads may stand.
 *
 * @param readAt when each part was read whole, by {@link Part}; without an entry: never
 * @param leads whether the CRM works with leads; empty: not known
 * @param leadStages of leads, which have no pipelines
 * @param sources where clients come from
 * @param lines outside lines that the hub's application has in the portal
 */
public record CrmDirectory(
        Map<Part, Instant> readAt,
        Optional<Boolean> leads,
        List<CrmUser> users,
        List<Pipeline> pipelines,
        List<Stage> leadStages,
        List<Source> sources,
        List<Field> fields,
        List<ExternalLine> lines) {

    /** Nothing was read yet. */
    public static final CrmDirectory UNREAD =
            new CrmDirectory(
                    Map.of(),
                    Optional.empty(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of());

    /** What is read, and may fail, by itself. */
    @EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
    public enum Part {
        USERS,
        MODE,
        PIPELINES,
        STAGES,
        FIELDS,
        LINES
    }

    /**
     * Where deals stand.
     *
     * @param main the one that new deals go to where none is named
     */
    public record Pipeline(String id, String name, boolean main, List<Stage> stages) {}

    /**
     * A step of a pipeline.
     *
     * @param meaning where the deal or lead is when it stands here
     */
    public record Stage(String id, String name, Meaning meaning) {}

    /** What a stage says about the deal. */
    @EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
    public enum Meaning {
        OPEN,
        WON,
        LOST,
        /** Nobody has looked at it yet; nothing can be put there. */
        UNSORTED
    }

    /** Where a client comes from. */
    public record Source(String id, String name) {}

    /**
     * A field of an entity.
     *
     * @param code as templates of fields name it (O19)
     * @param writable whether anybody but the CRM may set it
     */
    public record Field(EntityKind kind, String code, String name, String type, boolean writable) {}

    /**
     * An outside line (T6).
     *
     * @param autoCreate whether the CRM itself may make entities of outgoing calls over it
     * @param ours whether the hub made it, and keeps it in step
     */
    public record ExternalLine(String number, String name, boolean autoCreate, boolean ours) {}

    /** Whether a part was ever read. */
    public boolean has(Part part) {
        return readAt.containsKey(part);
    }

    public Optional<CrmUser> user(String id) {
        return users.stream().filter(user -> user.id().equals(id)).findFirst();
    }

    public Optional<Pipeline> pipeline(String id) {
        return pipelines.stream().filter(pipeline -> pipeline.id().equals(id)).findFirst();
    }

    public boolean hasLeadStage(String id) {
        return leadStages.stream().anyMatch(stage -> stage.id().equals(id));
    }
}
