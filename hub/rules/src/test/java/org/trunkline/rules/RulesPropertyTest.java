package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallRecord;
import org.trunkline.model.Client;
import org.trunkline.model.Decision;
import org.trunkline.model.Direction;
import org.trunkline.model.Leg;
import org.trunkline.model.WantedEntities;

/** What must hold of every call under every settings. */
class RulesPropertyTest {

    private static final List<String> NAMING =
            List.of(
                    "/saveAll/user",
                    "/record/missedWithoutEmployee/user",
                    "/responsible/incomingDefault",
                    "/responsible/outgoingDefault",
                    "/responsible/missed");

    private static final String OTHER_LINE = "{'param':'line','values':['+74959999999']}";

    @Provide
    Arbitrary<Scene> scenes() {
        return Scenes.all();
    }

    @Property
    @StatisticsReport(StatisticsReportMode.OFF)
    void theSameSituationIsDecidedTheSame(@ForAll("scenes") Scene scene) {
        Map<String, String> backwards = new LinkedHashMap<>();
        List<String> employees = new ArrayList<>(scene.mapping().keySet());
        Collections.reverse(employees);
        employees.forEach(employee -> backwards.put(employee, scene.mapping().get(employee)));

        assertThat(scene.mapped(backwards).decided()).isEqualTo(scene.decided());
        reached(scene);
    }

    @Property
    @StatisticsReport(StatisticsReportMode.OFF)
    void eventsInAnyOrderAndRepeatedAreDecidedTheSame(
            @ForAll("scenes") Scene scene, @ForAll Random chance) {
        List<CallEvent> stirred = new ArrayList<>(scene.events());
        scene.events().stream().filter(e -> chance.nextBoolean()).forEach(stirred::add);
        Collections.shuffle(stirred, chance);

        assertThat(scene.told(stirred).decided()).isEqualTo(scene.decided());
        reached(scene);
    }

    /** True of no call on either line. */
    @Provide
    Arbitrary<String> filtersOfNoCall() {
        String neither =
                "{'param':'line','mode':'exclude','values':['"
                        + Story.DIRECT
                        + "','"
                        + Story.MULTICHANNEL
                        + "']}";
        return Arbitraries.of(
                OTHER_LINE,
                neither,
                "{'any':[" + OTHER_LINE + "," + neither + "]}",
                "{'all':[{'any':["
                        + neither
                        + ","
                        + OTHER_LINE
                        + "]},"
                        + negated(OTHER_LINE)
                        + "]}");
    }

    /** That a filter lets the call pass is said, and is all that it changes. */
    private static Decision exceptFilter(Decision decision) {
        return new Decision(
                decision.records(),
                decision.entities(),
                decision.notices(),
                decision.changed(),
                decision.changesAt(),
                decision.parts().stream().filter(p -> !p.what().equals("filter")).toList());
    }

    private static String negated(String include) {
        return include.replace("'param'", "'mode':'exclude','param'");
    }

    @Property
    @StatisticsReport(StatisticsReportMode.OFF)
    void O14_ofACallThatTheFilterLeavesOutTheCrmHearsNothing(
            @ForAll("scenes") Scene scene, @ForAll("filtersOfNoCall") String filter) {
        JsonNode filtered = Scenes.merged(scene.settings(), Scenes.filters(filter));

        Decision decision = scene.with(filtered).decided();

        assertThat(decision.records()).isEmpty();
        assertThat(decision.entities()).isEmpty();
        assertThat(decision.notices()).isEmpty();
        assertThat(decision.changed()).isEmpty();
        assertThat(decision.parts()).extracting(Decision.Part::rule).containsExactly("O14");
        count("without the filter it is written", !scene.decided().records().isEmpty());
        reached(scene);
    }

    @Property
    @StatisticsReport(StatisticsReportMode.OFF)
    void O14_aCallThatTheFilterMeansIsDecidedAsWithoutIt(
            @ForAll("scenes") Scene scene, @ForAll("filtersOfNoCall") String filter) {
        String every = "{'any':[" + filter + "," + negated(OTHER_LINE) + "]}";
        JsonNode filtered = Scenes.merged(scene.settings(), Scenes.filters(every));

        assertThat(exceptFilter(scene.with(filtered).decided())).isEqualTo(scene.decided());
        reached(scene);
    }

    @Property
    @StatisticsReport(StatisticsReportMode.OFF)
    void T4_nobodyIsNamedWhoIsNotMapped_unlessASettingOrTheClientNamesHim(
            @ForAll("scenes") Scene scene) {
        Decision decision = scene.decided();
        Set<String> mapped = Set.copyOf(scene.mapping().values());
        Set<String> allowed = new HashSet<>(mapped);
        allowed.addAll(named(scene.settings()));
        if (byHub(scene)) {
            scene.client().found().stream().map(Client.Found::responsible).forEach(allowed::add);
        }

        assertThat(users(decision)).isSubsetOf(allowed);
        assertThat(decision.records().stream().flatMap(record -> record.cards().stream()))
                .isSubsetOf(mapped);
        count("somebody is named", !users(decision).isEmpty());
        count(
                "somebody is named though an unmapped employee took part",
                scene.unmappedTookPart() && !users(decision).isEmpty());
        reached(scene);
    }

    private static boolean byHub(Scene scene) {
        return scene.settings().at("/entities/createBy").asText().equals("hub");
    }

    private static Set<String> users(Decision decision) {
        Set<String> users = new HashSet<>();
        for (CallRecord record : decision.records()) {
            users.add(record.user());
            users.addAll(record.fallbackUsers());
            users.addAll(record.cards());
            record.outcome().map(CallRecord.Outcome::user).ifPresent(users::add);
        }
        decision.entities().flatMap(WantedEntities::responsible).ifPresent(users::add);
        decision.notices().forEach(notice -> users.addAll(notice.users()));
        return users;
    }

    /** M2, T13, the defaults, the users for missed calls, the rules' users. */
    private static List<String> named(JsonNode settings) {
        List<String> users = new ArrayList<>();
        for (String path : NAMING) {
            users.add(settings.at(path).asText());
        }
        settings.at("/notify/missedUsers").forEach(user -> users.add(user.asText()));
        settings.at("/responsible/rules").forEach(rule -> users.add(rule.path("user").asText()));
        return users;
    }

    /** Each kind of call must have been among the scenes, or the property says nothing of it. */
    private static void reached(Scene scene) {
        Call call = scene.call();
        boolean answered = call.legs().stream().anyMatch(Leg::answered);
        count("answered", answered);
        count("missed", call.ended() && !answered);
        count("goes on", !call.ended());
        count("transferred", call.legs().stream().anyMatch(leg -> leg.transfer().isPresent()));
        count("incoming", call.is(Direction.INBOUND));
        count("outgoing", call.is(Direction.OUTBOUND));
        count("reached nobody", call.legs().isEmpty());
        count("unmapped", scene.unmappedTookPart());
        count("the hub makes entities", byHub(scene));
    }

    private static void count(String kind, boolean is) {
        Statistics.label(kind)
                .collect(is)
                .coverage(seen -> seen.check(true).percentage(share -> share > 3.0));
    }
}
