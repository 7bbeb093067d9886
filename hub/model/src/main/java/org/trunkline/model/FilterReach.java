package org.trunkline.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.trunkline.model.Filter.Mode;

/** Rules that no call can ever reach because of a rule before them. */
final class FilterReach {

    private final DocumentReader in;
    private final Set<List<Object>> taken = new HashSet<>();
    private final Set<List<Object>> seen = new HashSet<>();

    private FilterReach(DocumentReader in) {
        this.in = in;
    }

    static void check(Settings settings, DocumentReader in) {
        FilterReach reach = new FilterReach(in);
        List<Settings.Assignment> assignments = settings.responsible().rules();
        for (int i = 0; i < assignments.size(); i++) {
            reach.rule(
                    "/responsible/rules/" + i,
                    List.of("responsible"),
                    assignments.get(i).filter(),
                    Mode.INCLUDE);
        }
        List<Settings.PipelineRule> pipelines = settings.pipelines().rules();
        for (int i = 0; i < pipelines.size(); i++) {
            Settings.PipelineRule rule = pipelines.get(i);
            reach.rule(
                    "/pipelines/rules/" + i,
                    List.of("pipeline", rule.direction()),
                    rule.filter(),
                    rule.mode());
        }
        List<Settings.Template> templates = settings.templates();
        for (int i = 0; i < templates.size(); i++) {
            Settings.Template one = templates.get(i);
            reach.rule(
                    "/templates/" + i,
                    List.of("template", one.direction(), one.entity()),
                    one.filter(),
                    Mode.INCLUDE);
        }
    }

    /**
     * @param group rules that are alternatives, the first that matches wins
     */
    private void rule(String pointer, List<Object> group, Filter filter, Mode mode) {
        boolean every = filter.conditions().isEmpty();
        List<Object> same = new ArrayList<>(group);
        same.add(filter);
        same.add(mode);
        if (taken.contains(group)) {
            fault(
                    pointer,
                    "one before it takes every such call",
                    "move it up, or give that one a filter");
        } else if (every && mode == Mode.EXCLUDE) {
            fault(pointer, "it excludes every call", "give it a filter");
        } else if (!seen.add(same)) {
            fault(
                    pointer,
                    "one before it has the same filter",
                    "change the filter, or leave it out");
        }
        if (every && mode == Mode.INCLUDE) {
            taken.add(group);
        }
    }

    private void fault(String pointer, String why, String cure) {
        in.faultAt(pointer, "can never match: " + why, cure);
    }
}
