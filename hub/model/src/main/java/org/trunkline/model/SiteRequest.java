package org.trunkline.model;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client sent from the company's site (rule I6). The attempts to call back carry all of it
 * as attributes.
 *
 * @param sentAt when the hub got it
 * @param parameters as the site named them; no empty values
 */
public record SiteRequest(Instant sentAt, SortedMap<String, String> parameters) {

    private static final String SENT_AT = "requestSentAt";
    private static final String PARAMETER = "request.";

    /** Filters and templates know these as attributes of any call. */
    private static final Set<String> OF_ANY_CALL =
            Set.of(
                    "site",
                    "department",
                    "source",
                    "campaign",
                    "utm_source",
                    "utm_medium",
                    "utm_campaign",
                    "utm_content",
                    "utm_term");

    /** Of a phone's screen, in characters. */
    private static final int SCREEN = 60;

    /** Empty for a call that no request of a site began. */
    public static Optional<SiteRequest> of(Call call) {
        return Optional.ofNullable(call.attributes().get(SENT_AT))
                .map(sentAt -> new SiteRequest(Instant.parse(sentAt), parameters(call)));
    }

    private static SortedMap<String, String> parameters(Call call) {
        SortedMap<String, String> parameters = new TreeMap<>();
        call.attributes()
                .forEach(
                        (name, value) -> {
                            if (name.startsWith(PARAMETER)) {
                                parameters.put(name.substring(PARAMETER.length()), value);
                            }
                        });
        return parameters;
    }

    /** As the first event of an attempt tells it. */
    public Map<String, String> attributes() {
        Map<String, String> told = new LinkedHashMap<>();
        told.put(SENT_AT, sentAt.toString());
        parameters.forEach(
                (name, value) -> {
                    told.put(PARAMETER + name, value);
                    if (OF_ANY_CALL.contains(name)) {
                        told.put(name, value);
                    }
                });
        return told;
    }

    /** One parameter, the first of these names that is there. */
    public Optional<String> text(String... names) {
        return Stream.of(names)
                .map(parameters::get)
                .filter(value -> value != null && !value.isEmpty())
                .findFirst();
    }

    /** A line for each parameter. */
    public String lines() {
        return parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + ": " + parameter.getValue())
                .collect(Collectors.joining("\n"));
    }

    /** Name and comment, as far as a phone's screen shows them; empty: neither was given. */
    public Optional<String> screen() {
        String text =
                List.of("name", "comment").stream()
                        .flatMap(name -> text(name).stream())
                        .map(value -> value.replaceAll("\\s+", " ").strip())
                        .collect(Collectors.joining(": "));
        return Optional.of(text.length() > SCREEN ? text.substring(0, SCREEN) : text)
                .filter(shown -> !shown.isEmpty());
    }
}
