package org.trunkline.features;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All rules by section, as people write them in docs/features.txt, whose head describes it. */
record RuleList(List<Section> sections) {
    private static final Pattern MARK = Pattern.compile("(later|partly): (.+)");

    /** Rules under one heading. */
    record Section(String title, List<Rule> rules) {}

    Stream<Rule> rules() {
        return sections.stream().flatMap(section -> section.rules().stream());
    }

    Optional<Rule> find(String id) {
        return rules().filter(rule -> rule.id().equals(id)).findFirst();
    }

    /**
     * @throws IllegalArgumentException naming the line that is wrong, and the cure
     */
    static RuleList parse(List<String> lines) {
        List<Section> sections = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.startsWith("== ")) {
                sections.add(new Section(line.substring(3).strip(), new ArrayList<>()));
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                if (sections.isEmpty()) {
                    throw fault(i, "is before the first section, put '== title' above it");
                }
                Rule rule = rule(i, line);
                if (!seen.add(rule.id())) {
                    throw fault(i, "has " + rule.id() + " for the second time, remove one");
                }
                sections.get(sections.size() - 1).rules().add(rule);
            }
        }
        return new RuleList(sections);
    }

    private static Rule rule(int line, String text) {
        List<String> parts = Arrays.stream(text.split("\\|")).map(String::strip).toList();
        if (parts.size() < 2 || parts.size() > 3 || parts.get(1).isEmpty()) {
            throw fault(line, "is not 'id | rule' or 'id | rule | mark'");
        }
        if (!RuleIds.isId(parts.get(0))) {
            throw fault(line, "begins with '" + parts.get(0) + "', which is no rule id as O11");
        }
        if (parts.size() == 2) {
            return new Rule(parts.get(0), parts.get(1), Rule.State.BUILT, "");
        }
        Matcher mark = MARK.matcher(parts.get(2));
        if (!mark.matches()) {
            throw fault(
                    line, "has the mark '" + parts.get(2) + "', give 'later: …' or 'partly: …'");
        }
        Rule.State state = Rule.State.valueOf(mark.group(1).toUpperCase(Locale.ROOT));
        return new Rule(parts.get(0), parts.get(1), state, mark.group(2));
    }

    private static IllegalArgumentException fault(int index, String what) {
        return new IllegalArgumentException("docs/features.txt: line " + (index + 1) + " " + what);
    }
}
