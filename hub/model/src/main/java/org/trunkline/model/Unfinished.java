package org.trunkline.model;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.trunkline.model.Settings.At;
import org.trunkline.model.Settings.CreateBy;
import org.trunkline.model.Settings.Kind;
import org.trunkline.model.Settings.Repeat;

/**
 * Settings that can be read and that nothing acts on yet. To ask for one is a fault: it must not
 * look as if it worked. Each entry goes when its rule is done.
 */
final class Unfinished {

    private static final Settings.Pipelines NO_PIPELINES =
            new Settings.Pipelines(Optional.empty(), Optional.empty(), List.of());

    private static final Map<String, Predicate<Settings>> ASKED = asked();

    private Unfinished() {}

    private static Map<String, Predicate<Settings>> asked() {
        Map<String, Predicate<Settings>> asked = new LinkedHashMap<>();
        asked.put("/record/at", s -> s.record().at() != At.END);
        asked.put("/entities/createBy", s -> s.entities().createBy() == CreateBy.HUB);
        asked.put("/entities/kind", s -> s.entities().kind() != Kind.BY_MODE);
        asked.put("/entities/repeat", s -> s.entities().repeat() != Repeat.WHEN_NO_OPEN);
        asked.put("/responsible/rules", s -> !s.responsible().rules().isEmpty());
        asked.put("/responsible/changeAfter", s -> !s.responsible().changeAfter().isZero());
        asked.put("/saveAll", s -> s.saveAll().enabled());
        asked.put("/missedGroup", Settings::missedGroup);
        asked.put("/templates", s -> !s.templates().isEmpty());
        asked.put("/pipelines", s -> !s.pipelines().equals(NO_PIPELINES));
        asked.put("/fields", s -> !s.fields().map().isEmpty());
        asked.put(
                "/fields/firstCommunicationId", s -> s.fields().firstCommunicationId().isPresent());
        asked.put("/recordings/withFilters", s -> s.recordings().withFilters());
        asked.put(
                "/recordings/durationAfter",
                s -> !s.recordings().durationAfter().equals(Duration.ZERO));
        asked.put("/chat", Settings::chat);
        asked.put("/source/lineNumber", Settings::sourceLineNumber);
        asked.put("/speech", Settings::speech);
        asked.put("/notify", s -> s.notices().talker() || s.notices().missed());
        asked.put("/clickToCall", s -> s.clickToCall().enabled());
        asked.put("/callback", s -> s.callback().enabled());
        asked.put("/routing", s -> s.routing().enabled());
        asked.put("/otherTelephony", Settings::otherTelephony);
        return asked;
    }

    /**
     * @param at JSON Pointer of the settings within the whole document
     */
    static void refuse(Settings settings, DocumentReader in, String at) {
        ASKED.forEach(
                (pointer, asked) -> {
                    if (asked.test(settings)) {
                        in.faultAt(
                                at + pointer,
                                "is not done by this version of the hub yet",
                                "leave it out");
                    }
                });
    }
}
