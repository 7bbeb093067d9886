package org.trunkline.model;

import java.util.List;
import java.util.Set;

/**
 * Which calls something is meant for: conditions joined by AND and OR, nested as deep as one likes
 * (rule O14). One kind of filter serves calls, responsible users, pipelines and templates.
 */
public sealed interface Filter {

    /** Joined by AND; without parts all calls match. */
    record All(List<Filter> parts) implements Filter {}

    /** Joined by OR; without parts no call matches. */
    record Any(List<Filter> parts) implements Filter {}

    /**
     * One condition.
     *
     * @param values one of which the parameter must have, or, with exclude, none of which
     */
    record Condition(Param param, Mode mode, Set<String> values) implements Filter {}

    /** The filter that every call matches. */
    Filter EVERY = new All(List.of());

    /** What a condition looks at. */
    enum Param {
        /** The company's number. */
        LINE,
        /** What the PBX's scenario did last with the call. */
        LAST_OPERATION,
        SCENARIO,
        /** The group that the visitor chose. */
        GROUP,
        /** By id; any whose phone rang, who talked or who called. */
        EMPLOYEE,
        /** The advertising campaign. */
        CAMPAIGN,
        FIRST_CAMPAIGN,
        SITE,
        SOURCE,
        /** That the client chose in a request from the site (I6). */
        DEPARTMENT;

        /**
         * Known only once an employee has accepted the call (rule O15): until then a filter that
         * asks for it can't be answered.
         */
        public boolean late() {
            return this == LAST_OPERATION || this == GROUP || this == EMPLOYEE;
        }

        /** Whether conditions on calls of this direction may use it (rule O14). */
        public boolean allowed(Direction direction) {
            return direction == Direction.INBOUND || this == LINE || this == EMPLOYEE;
        }
    }

    /** Whether calls that have one of the values are meant, or all others. */
    enum Mode {
        INCLUDE,
        EXCLUDE
    }

    /** All conditions, in order of reading. */
    default List<Condition> conditions() {
        if (this instanceof Condition condition) {
            return List.of(condition);
        }
        List<Filter> parts = this instanceof All all ? all.parts() : ((Any) this).parts();
        return parts.stream().flatMap(part -> part.conditions().stream()).toList();
    }
}
