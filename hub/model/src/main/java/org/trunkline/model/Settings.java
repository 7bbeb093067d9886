package org.trunkline.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The business settings of one integration: the preset with the integration's own settings merged
 * over it. Read by {@link SettingsDocument}; names as in contracts.md, described for people in
 * {@code config/settings.schema.json}.
 */
public record Settings(
        Popup popup,
        Record record,
        Entities entities,
        Responsible responsible,
        SaveAll saveAll,
        boolean missedGroup,
        Filters filters,
        List<Template> templates,
        Pipelines pipelines,
        Fields fields,
        Recordings recordings,
        boolean chat,
        boolean sourceLineNumber,
        boolean speech,
        Notices notices,
        ClickToCall clickToCall,
        Callback callback,
        Routing routing,
        boolean otherTelephony) {

    /**
     * The card that shows who calls.
     *
     * @param outgoing whether outgoing calls show it too (rules K1, T9)
     */
    public record Popup(boolean enabled, Audience audience, boolean outgoing) {}

    /** Who sees the card of an unknown client (rule T8). */
    public enum Audience {
        /** Whose phone rings. */
        RINGING,
        /** Every employee whom the simultaneous scenario rings and who is not on another call. */
        RING_ALL
    }

    /**
     * Which calls are written, and when.
     *
     * @param at the moment of writing (rule I2)
     * @param missedWithoutEmployee user for calls that reached no employee; empty: not written
     *     (T13)
     * @param missedTask how long after a missed call somebody is to have called back; empty: no
     *     task is made
     */
    public record Record(
            boolean incoming,
            boolean outgoing,
            At at,
            Optional<String> missedWithoutEmployee,
            Optional<Duration> missedTask) {}

    /** When a call is written (rule I2). */
    public enum At {
        ANSWER,
        END
    }

    /**
     * What is made for a client (rules T14, K4, O6, T15).
     *
     * @param contactName of a contact whose name nobody knows
     * @param except numbers that nothing is ever made for, such as spam; E.164
     * @param tags of what is made, where the CRM has tags
     */
    public record Entities(
            CreateBy createBy,
            Kind kind,
            boolean incomingDirect,
            boolean incomingMultichannel,
            boolean outgoing,
            Repeat repeat,
            String contactName,
            Set<String> except,
            List<String> tags) {}

    /** Who makes entities. */
    public enum CreateBy {
        /** The portal while it registers the call, by its own mode and exceptions list. */
        PORTAL,
        /** The hub: then title, stage, source and responsible are under these settings' control. */
        HUB,
        NOBODY
    }

    /** What a client becomes. */
    public enum Kind {
        /** As the CRM's mode asks: a lead, or contact and deal. */
        BY_MODE,
        LEAD,
        DEAL,
        /** amoCRM's tray of what nobody has looked at. */
        UNSORTED
    }

    /** What a repeated call makes (rules O6, K4). */
    public enum Repeat {
        /** A new entity if the old ones are in a final state. */
        WHEN_NO_OPEN,
        /** Nothing for a client whom the CRM knows, or, by the portal, as its mode asks. */
        BY_MODE
    }

    /**
     * Who becomes responsible (section 5 of the rules).
     *
     * @param missed for missed calls (K5)
     * @param incomingDefault where no other rule names anybody
     * @param outgoingDefault likewise for outgoing calls
     * @param byEntity whether O8 to O11 hold: who is responsible for what the CRM has of the client
     *     goes before whoever was called
     * @param talker which talker counts after a transfer
     * @param rules for missed calls, the first that matches (O8, O9)
     * @param changeAfter how long the default responsible stands before the right one; zero: the
     *     right one at once (O12)
     */
    public record Responsible(
            Optional<String> missed,
            Optional<String> incomingDefault,
            Optional<String> outgoingDefault,
            boolean byEntity,
            Talker talker,
            List<Assignment> rules,
            Duration changeAfter) {}

    /** Calls that match become this user's. */
    public record Assignment(Filter filter, String user) {}

    /** Which of several talkers is responsible (rule O13). */
    public enum Talker {
        FIRST,
        LAST
    }

    /** Calls of unmapped employees (rule M2); the user is there while it is enabled. */
    public record SaveAll(boolean enabled, Optional<String> user) {}

    /** Which calls count at all (rule O14). */
    public record Filters(Filter incoming, Filter outgoing) {
        public Filter of(Direction direction) {
            return direction == Direction.INBOUND ? incoming : outgoing;
        }
    }

    /** A title (rule O18), for calls of a direction that match. */
    public record Template(Direction direction, EntityKind entity, Filter filter, String text) {}

    /** Where new deals and leads go (rule O16). */
    public record Pipelines(
            Optional<Stage> incoming, Optional<Stage> outgoing, List<PipelineRule> rules) {
        public Optional<Stage> of(Direction direction) {
            return direction == Direction.INBOUND ? incoming : outgoing;
        }
    }

    /**
     * A place in the CRM's pipelines, by the CRM's own ids.
     *
     * @param stage empty: the pipeline's first working stage (T15)
     */
    public record Stage(String pipeline, Optional<String> stage) {}

    /** Where matching calls go, or, with exclude, all others. */
    public record PipelineRule(Direction direction, Filter filter, Filter.Mode mode, Stage stage) {}

    /** The CRM's own text fields (rule O19). */
    public record Fields(
            boolean alwaysUpdate, Optional<String> firstCommunicationId, List<Field> map) {}

    /** A field of the CRM, by its code, and the template of what goes into it. */
    public record Field(String field, String text) {}

    /**
     * Whether recordings go to the CRM (rules K3, O2).
     *
     * @param withFilters also where a filter asks for an employee or a last operation
     * @param durationAfter when the duration follows a link that went in at once; zero: with it
     *     (I3)
     */
    public record Recordings(boolean send, boolean withFilters, Duration durationAfter) {}

    /**
     * Who is told of calls with the client's data.
     *
     * @param talker who talked, as soon as he does (I1)
     * @param missed whether anybody hears of missed calls: {@code missedUsers} of those without an
     *     open deal, everybody of those with one (I5)
     */
    public record Notices(boolean talker, boolean missed, List<String> missedUsers) {}

    /** Calls that a click in the CRM starts (rules T17, O20). */
    public record ClickToCall(
            boolean enabled, Optional<PhoneNumber> number, boolean overrideCallerId) {}

    /**
     * Calls that a request on the site starts (rules T19, O21, I6).
     *
     * @param retryEvery pause after an attempt that reached no employee
     * @param retryFor how long after the request attempts begin; zero: there is one
     * @param everyRequest whether requests from the site that ask for no callback get one too
     */
    public record Callback(
            boolean enabled,
            Optional<PhoneNumber> number,
            Duration retryEvery,
            Duration retryFor,
            boolean everyRequest,
            List<CallbackRoute> routes) {}

    /**
     * Whom callbacks that match ring; the first that matches and has a phone to ring counts.
     *
     * @param employees by id, rung together
     * @param responsible instead of them whoever the CRM names as the client's responsible
     */
    public record CallbackRoute(Filter filter, List<String> employees, boolean responsible) {}

    /**
     * Calls that go where the CRM says (rules T20, I7, K6, I8).
     *
     * @param enabled off: the PBX decides alone where a call goes
     * @param attempt how long the responsible's phone rings, 3 s to 2 min
     * @param callerName whether the ringing phone shows the client's name, wherever the call goes
     */
    public record Routing(
            boolean enabled, Duration attempt, Prefer prefer, Lines lines, boolean callerName) {}

    /** Whose responsible a call goes to. */
    public enum Prefer {
        OPEN_DEAL,
        CLIENT
    }

    /** Calls to which of the company's numbers go where the CRM says. */
    public enum Lines {
        /** Any incoming call (K6). */
        ANY,
        /** Not to an employee's own number (T20). */
        MULTICHANNEL
    }
}
