package org.trunkline.sandbox.ami;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The Filter action of one session: events must match one of the white and none of the black. */
final class EventFilters {
    private static final Pattern CRITERIA =
            Pattern.compile("(action|name|header|method)\\(([^)]*)\\)");

    private final List<Pattern> white = new ArrayList<>();
    private final List<Pattern> black = new ArrayList<>();

    /**
     * Takes a regular expression over the whole event ("!" before it excludes), or the newer match
     * criteria {@code action(include|exclude),name(Event)}.
     *
     * @return what is wrong with it; empty = added
     */
    synchronized Optional<String> add(AmiMessage action) {
        String expression = action.text("Filter");
        String criteria = action.text("MatchCriteria");
        boolean exclude = expression.startsWith("!");
        if (!criteria.isEmpty()) {
            exclude = false;
            var parts = CRITERIA.matcher(criteria);
            while (parts.find()) {
                switch (parts.group(1)) {
                    case "action" -> exclude = parts.group(2).equals("exclude");
                    case "name" ->
                            expression = "Event: " + Pattern.quote(parts.group(2)) + "(\r|\n|$)";
                    default -> {
                        return Optional.of("Filter can not be added: unsupported criteria");
                    }
                }
            }
        } else if (exclude) {
            expression = expression.substring(1);
        }
        if (expression.isBlank()) {
            return Optional.of("Required Filter header is missing");
        }
        try {
            (exclude ? black : white).add(Pattern.compile(expression.strip()));
            return Optional.empty();
        } catch (PatternSyntaxException e) {
            return Optional.of("Filter format error");
        }
    }

    synchronized boolean pass(AmiMessage event) {
        String text = event.wire();
        boolean wanted = white.isEmpty() || white.stream().anyMatch(p -> p.matcher(text).find());
        return wanted && black.stream().noneMatch(p -> p.matcher(text).find());
    }
}
