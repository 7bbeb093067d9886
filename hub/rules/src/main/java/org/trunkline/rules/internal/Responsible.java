package org.trunkline.rules.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.Client;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Leg;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.Talker;

/** Under which CRM user a record stands (rules K5, M2, T4; {@link Missed} for missed calls). */
record Responsible(Settings settings, Client client, People people) {

    /**
     * Who it is, and why.
     *
     * @param user empty: no record
     * @param fallbacks who stands in, in this order, if the CRM refuses the user
     */
    record Choice(Optional<String> user, List<String> fallbacks, Part part) {

        /** Who stands in if another than this one is it. */
        List<String> others(Part it) {
            return Stream.concat(user.stream(), fallbacks.stream())
                    .filter(candidate -> !candidate.equals(it.value()))
                    .distinct()
                    .toList();
        }
    }

    Choice of(Segment segment) {
        Part part = segment.inbound() ? inbound(segment) : outbound(segment);
        Optional<String> user = Optional.of(part.value()).filter(v -> !v.equals(Missed.NOTHING));
        List<String> fallbacks =
                user.isEmpty()
                        ? List.of()
                        : Stream.of(
                                        settings.responsible().missed().stream(),
                                        standIn(segment).stream(),
                                        people.users(segment.legs()).stream())
                                .flatMap(s -> s)
                                .filter(candidate -> !candidate.equals(part.value()))
                                .distinct()
                                .toList();
        return new Choice(user, fallbacks, part);
    }

    private Part inbound(Segment segment) {
        if (!segment.talkers().isEmpty()) {
            return answered(segment);
        }
        List<String> rung = people.users(segment.legs());
        if (!segment.over()) {
            return rung.isEmpty()
                    ? part(Missed.NOTHING, "T4", "", "no mapped employee's phone has rung yet")
                    : part(
                            rung.get(0),
                            "K5",
                            "",
                            "called first; corrected on answer or at the end");
        }
        return new Missed(segment, client, people, settings).responsible();
    }

    /** Who answered. */
    private Part answered(Segment segment) {
        List<Leg> talkers = segment.talkers();
        Leg talker =
                settings.responsible().talker() == Talker.LAST
                        ? talkers.get(talkers.size() - 1)
                        : talkers.get(0);
        Optional<String> user = people.user(talker);
        if (user.isPresent()) {
            return part(
                    user.get(), "K5", "/responsible/talker", People.named(talker) + " answered");
        }
        String unmapped = People.named(talker) + ", who answered, is not mapped";
        if (saveAll().isPresent()) {
            return part(saveAll().get(), "M2", "/saveAll/user", unmapped);
        }
        return standIn(segment)
                .filter(u -> !people.users(segment.legs()).isEmpty())
                .map(u -> part(u, "T4", "/responsible/incomingDefault", unmapped))
                .orElseGet(() -> part(Missed.NOTHING, "T4", "", unmapped));
    }

    private Optional<String> saveAll() {
        return settings.saveAll().user();
    }

    private Part outbound(Segment segment) {
        List<String> callers = people.users(segment.legs());
        if (!callers.isEmpty()) {
            return part(callers.get(0), "K5", "", "made the call");
        }
        if (saveAll().isPresent() && !segment.legs().isEmpty()) {
            return part(saveAll().get(), "M2", "/saveAll/user", "the caller is not mapped");
        }
        return standIn(segment)
                .map(u -> part(u, "T4", "/responsible/outgoingDefault", "the caller is not mapped"))
                .orElseGet(() -> part(Missed.NOTHING, "T4", "", "the caller is not mapped"));
    }

    private Optional<String> standIn(Segment segment) {
        Settings.Responsible who = settings.responsible();
        return segment.inbound() ? who.incomingDefault() : who.outgoingDefault();
    }

    private static Part part(String value, String rule, String setting, String reason) {
        return new Part("responsible", value, rule, setting, reason);
    }
}
