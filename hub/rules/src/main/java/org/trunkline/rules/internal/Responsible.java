package org.trunkline.rules.internal;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Leg;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.Talker;

/** Under which CRM user a record stands (rule K5; T4 and T13 for those whom nobody stands for). */
public record Responsible(
        Settings.Responsible settings,
        Settings.Record record,
        Optional<String> saveAll,
        Optional<Part> missedByHub,
        People people) {

    /**
     * Who it is, and why.
     *
     * @param user empty: no record
     * @param fallbacks who stands in, in this order, if the CRM refuses the user
     */
    public record Choice(Optional<String> user, List<String> fallbacks, Part part) {}

    public Choice of(Segment segment) {
        Part part = segment.inbound() ? inbound(segment) : outbound(segment);
        Optional<String> user = Optional.of(part.value()).filter(v -> !v.equals(NOTHING));
        List<String> fallbacks =
                user.isEmpty()
                        ? List.of()
                        : Stream.of(
                                        settings.missed().stream(),
                                        standIn(segment).stream(),
                                        people.users(segment.legs()).stream())
                                .flatMap(s -> s)
                                .filter(candidate -> !candidate.equals(part.value()))
                                .distinct()
                                .toList();
        return new Choice(user, fallbacks, part);
    }

    private static final String NOTHING = "nothing";

    private Part inbound(Segment segment) {
        if (!segment.talkers().isEmpty()) {
            return answered(segment);
        }
        List<String> rung = people.users(segment.legs());
        if (!segment.over()) {
            return rung.isEmpty()
                    ? part(NOTHING, "T4", "", "no mapped employee's phone has rung yet")
                    : part(
                            rung.get(0),
                            "K5",
                            "",
                            "called first; corrected on answer or at the end");
        }
        return missed(segment, rung);
    }

    /** Who answered; in a call that mapped employees shared with an unmapped one, somebody must. */
    private Part answered(Segment segment) {
        List<Leg> talkers = segment.talkers();
        Leg talker =
                settings.talker() == Talker.LAST ? talkers.get(talkers.size() - 1) : talkers.get(0);
        Optional<String> user = people.user(talker);
        if (user.isPresent()) {
            return part(
                    user.get(), "K5", "/responsible/talker", People.named(talker) + " answered");
        }
        if (saveAll.isPresent()) {
            return part(
                    saveAll.get(),
                    "M2",
                    "/saveAll/user",
                    People.named(talker) + ", who answered, is not mapped");
        }
        List<String> rung = people.users(segment.legs());
        String unmapped = People.named(talker) + ", who answered, is not mapped";
        if (rung.isEmpty()) {
            return part(NOTHING, "T4", "", unmapped);
        }
        return standIn(segment)
                .map(u -> part(u, "T4", "/responsible/incomingDefault", unmapped))
                .orElseGet(() -> part(rung.get(0), "T4", "", unmapped + "; first mapped one rung"));
    }

    private Part missed(Segment segment, List<String> rung) {
        if (missedByHub.isPresent() && segment.main()) {
            return missedByHub.get();
        }
        if (saveAll.isPresent() && rung.isEmpty() && !segment.legs().isEmpty()) {
            return part(saveAll.get(), "M2", "/saveAll/user", "nobody rung is mapped");
        }
        if (segment.legs().isEmpty() && record.missedWithoutEmployee().isPresent()) {
            return part(
                    record.missedWithoutEmployee().get(),
                    "T13",
                    "/record/missedWithoutEmployee",
                    "the call reached no employee");
        }
        if (settings.missed().isPresent()) {
            return part(
                    settings.missed().get(), "K5", "/responsible/missed", "named for missed calls");
        }
        if (!rung.isEmpty()) {
            return part(rung.get(0), "K5", "", "missed; the first whose phone rang");
        }
        if (segment.legs().isEmpty()) {
            return part(
                    NOTHING,
                    "T13",
                    "/record/missedWithoutEmployee",
                    "the call reached no employee, and nobody is named for that");
        }
        return standIn(segment)
                .map(u -> part(u, "T4", "/responsible/incomingDefault", "nobody rung is mapped"))
                .orElseGet(() -> part(NOTHING, "T4", "", "nobody rung is mapped"));
    }

    private Part outbound(Segment segment) {
        List<String> callers = people.users(segment.legs());
        if (!callers.isEmpty()) {
            return part(callers.get(0), "K5", "", "made the call");
        }
        if (saveAll.isPresent() && !segment.legs().isEmpty()) {
            return part(saveAll.get(), "M2", "/saveAll/user", "the caller is not mapped");
        }
        return standIn(segment)
                .map(u -> part(u, "T4", "/responsible/outgoingDefault", "the caller is not mapped"))
                .orElseGet(() -> part(NOTHING, "T4", "", "the caller is not mapped"));
    }

    private Optional<String> standIn(Segment segment) {
        return segment.inbound() ? settings.incomingDefault() : settings.outgoingDefault();
    }

    private static Part part(String value, String rule, String setting, String reason) {
        return new Part("responsible", value, rule, setting, reason);
    }
}
