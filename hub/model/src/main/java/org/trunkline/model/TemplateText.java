package org.trunkline.model;

import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text with variables in {@code {{…}}} (rules O18, O19). */
public final class TemplateText {

    private static final Pattern VARIABLE = Pattern.compile("\\{\\{\\s*([^{}]*?)\\s*}}");

    private TemplateText() {}

    /**
     * Puts values in. What is not known of a call becomes nothing, and no double blanks are left.
     *
     * @param text accepted by {@link #check} before
     */
    public static String render(String text, Function<Variable, String> values) {
        Matcher variables = VARIABLE.matcher(text);
        String rendered =
                variables.replaceAll(found -> Matcher.quoteReplacement(value(found, values)));
        return rendered.replaceAll(" {2,}", " ").strip();
    }

    private static String value(MatchResult found, Function<Variable, String> values) {
        return Variable.of(found.group(1)).map(values).orElse("");
    }

    /** Tells what is wrong with a text that a person wrote. */
    public static void check(DocumentReader in, String key, String text) {
        VARIABLE.matcher(text)
                .results()
                .map(found -> found.group(1))
                .filter(name -> Variable.of(name).isEmpty())
                .distinct()
                .forEach(
                        name ->
                                in.fault(
                                        key,
                                        "has no variable '" + name + "'",
                                        "use one of " + String.join(", ", Variable.all())));
        String rest = VARIABLE.matcher(text).replaceAll("");
        if (rest.contains("{{") || rest.contains("}}")) {
            in.fault(key, "has a bracket without its partner", "write a variable as {{app_name}}");
        }
    }
}
