package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.rules.Clients.of;
import static org.trunkline.rules.Story.inbound;
import static org.trunkline.rules.Story.outbound;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.model.EntityKind;
import org.trunkline.model.LegResult;
import org.trunkline.model.Settings.Stage;
import org.trunkline.model.TransferKind;
import org.trunkline.model.WantedEntities;

/** Sections 4 and 7 where the hub makes the entities. */
class EntitiesByHubTest {

    private static String settings(String more) {
        return "{\"entities\":{\"createBy\":\"hub\"},\"responsible\":"
                + "{\"byEntity\":true,\"incomingDefault\":\"41\",\"outgoingDefault\":\"42\"}"
                + more.replace('\'', '"')
                + "}";
    }

    private static Story answered() {
        return inbound().rings(1, "201").answers(3, "201").ends(9).with(settings(""));
    }

    private static WantedEntities wanted(Story story) {
        return story.decided().entities().orElseThrow();
    }

    private static boolean made(Story story) {
        return story.decided().entities().flatMap(WantedEntities::create).isPresent();
    }

    @Test
    void T14_onlyAtTheCallsEnd() {
        Story talking = inbound().rings(1, "201").answers(3, "201").with(settings(""));
        assertThat(talking.decided().entities()).isEmpty();
        assertThat(made(talking.ends(9))).isTrue();
    }

    @Test
    void I2_atAnswerIfSaidSo() {
        String atAnswer = settings(",'record':{'at':'answer'}");
        Story story = inbound().rings(1, "201").with(atAnswer);
        assertThat(story.decided().entities()).isEmpty();
        assertThat(made(story.answers(3, "201"))).isTrue();
        assertThat(made(inbound().rings(1, "201").ends(9).with(atAnswer))).as("missed").isTrue();
    }

    @ParameterizedTest
    @CsvSource({"incomingDirect", "incomingMultichannel", "outgoing"})
    void T14_eachSwitchIsForItsCallsOnly(String off) {
        String with = settings("").replace("\"hub\"", "\"hub\",\"" + off + "\":false");
        assertThat(made(answered().with(with))).isEqualTo(!off.equals("incomingDirect"));
        Story group = inbound(Story.MULTICHANNEL).rings(1, "201").ends(9).with(with);
        assertThat(made(group)).isEqualTo(!off.equals("incomingMultichannel"));
        assertThat(made(outbound().rings(1, "201").ends(9).with(with)))
                .isEqualTo(!off.equals("outgoing"));
    }

    @Test
    void O6_aRepeatedCallMakesThemOnlyIfTheOldOnesAreClosed() {
        assertThat(made(answered().knows(of().withContact().withDeal(true).client()))).isFalse();
        assertThat(made(answered().knows(of().withContact().withDeal(false).client()))).isTrue();
        assertThat(made(answered().knows(of().withLead(true).client()))).isFalse();
        assertThat(made(answered().knows(of().withContact().client()))).isTrue();
        assertThat(answered().knows(of().withDeal(true).client()).part("entity").rule())
                .isEqualTo("O6");
    }

    @Test
    void K4_nothingIsMadeForANumberOnTheExclusionList() {
        String with = settings("").replace("\"hub\"", "\"hub\",\"except\":[\"+79161234567\"]");
        assertThat(made(answered().with(with))).isFalse();
        assertThat(answered().with(with).part("entity").setting()).isEqualTo("/entities/except");
        assertThat(answered().with(with).decided().records()).as("written all the same").hasSize(1);
        assertThat(made(answered().with(with.replace("4567", "4568")))).isTrue();
    }

    @Test
    void O18_aTemplateForContactsIsTheirName() {
        String with =
                settings(
                        ",'templates':[{'direction':'incoming','entity':'contact',"
                                + "'text':'Клиент {{contact_phone_number}}'}]");
        assertThat(wanted(answered().with(with)).create().orElseThrow().contactName())
                .isEqualTo("Клиент +79161234567");
        assertThat(wanted(answered()).create().orElseThrow().contactName()).isEqualTo("Без имени");
    }

    @Test
    void O10_T14_whereNothingIsToBeMadeWhatIsThereIsKeptUpAllTheSame() {
        String off =
                settings(",'fields':{'alwaysUpdate':true,'map':[{'field':'UF_1','text':'x'}]}")
                        .replace("\"hub\"", "\"hub\",\"incomingDirect\":false");
        Story story = answered().with(off).knows(of().withContact().withDeal(true).client());
        assertThat(wanted(story).create()).isEmpty();
        assertThat(wanted(story).updateFieldsOf()).isPresent();
        assertThat(wanted(story).reassign()).isPresent();
    }

    @Test
    void O10_anOpenLeadAloneGoesToWhoTalked_aClosedOnesResponsibleIntoTheNewOne() {
        Story open = answered().knows(of().withLead(true).client());
        assertThat(wanted(open).responsible()).contains("7");
        assertThat(wanted(open).reassign()).isPresent();
        Story closed = answered().knows(of().withLead(false).client());
        assertThat(wanted(closed).responsible()).contains("53");
    }

    @Test
    void O13_theFirstTalkerIsWhoBeganToTalkFirst_notWhoRangFirst() {
        Story story =
                inbound(Story.MULTICHANNEL)
                        .rings(1, "201")
                        .rings(2, "202")
                        .answers(3, "202")
                        .leaves(6, "202", LegResult.ANSWERED)
                        .answers(7, "201")
                        .ends(9)
                        .with(settings(""));
        assertThat(wanted(story).responsible()).contains("8");
        assertThat(
                        wanted(
                                        story.with(
                                                settings("")
                                                        .replace(
                                                                "\"byEntity\"",
                                                                "\"talker\":\"last\",\"byEntity\"")))
                                .responsible())
                .contains("7");
    }

    @Test
    void O10_anOpenEntityGoesToWhoTalked_missedItStays() {
        Story talked = answered().knows(of().withContact().withLead(true).client());
        assertThat(wanted(talked).reassign()).map(f -> f.id()).contains("153");
        assertThat(wanted(talked).responsible()).contains("7");
        Story kept = answered().knows(of().withDeal(true).client());
        assertThat(wanted(kept).reassign()).as("O11: a deal alone keeps its own").isEmpty();
        Story closed = answered().knows(of().withContact().withDeal(false).client());
        assertThat(wanted(closed).reassign()).as("a new one is made").isEmpty();
    }

    @Test
    void O11_missedTheContactsResponsibleBeatsTheDeals() {
        Story missed =
                inbound()
                        .rings(1, "201")
                        .ends(9)
                        .with(settings(""))
                        .knows(of().withContact().withDeal(true).client());
        assertThat(wanted(missed).responsible()).contains("51");
        assertThat(wanted(missed).reassign()).as("its own stays").isEmpty();
        Story called =
                outbound()
                        .rings(1, "201")
                        .answers(2, "201")
                        .ends(9)
                        .with(settings(""))
                        .knows(of().withContact().withDeal(true).client());
        assertThat(wanted(called).reassign()).as("outgoing").isEmpty();
    }

    @Test
    void O5_theLineIsTheSource_withTransfersTheFirst() {
        String on = settings(",'source':{'lineNumber':true}");
        Story story =
                inbound(Story.MULTICHANNEL)
                        .rings(1, "201")
                        .answers(2, "201")
                        .leaves(5, "201", LegResult.ANSWERED)
                        .transferred(5, "201", "202", TransferKind.BLIND)
                        .answers(6, "202")
                        .ends(9);
        assertThat(wanted(story.with(on)).sourceDescription()).contains(Story.MULTICHANNEL);
        assertThat(wanted(story.with(settings(""))).sourceDescription()).isEmpty();
    }

    @Test
    void O16_withoutRulesTheDefaultOfTheDirection() {
        String with =
                settings(
                        ",'pipelines':{'incoming':{'pipeline':'1','stage':'NEW'},"
                                + "'outgoing':{'pipeline':'2','stage':'OUT'}}");
        assertThat(wanted(answered().with(with)).stage())
                .contains(new Stage("1", Optional.of("NEW")));
        assertThat(wanted(outbound().rings(1, "201").ends(9).with(with)).stage())
                .contains(new Stage("2", Optional.of("OUT")));
        assertThat(wanted(answered()).stage()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "include,+74951000001,RULE", "include,+74951000002,NEW",
        "exclude,+74951000001,NEW", "exclude,+74951000002,RULE"
    })
    void O16_includeGivesMatchingCallsTheRulesStage_excludeTheOthers(
            String mode, String line, String stage) {
        String with =
                settings(
                        ",'pipelines':{'incoming':{'pipeline':'1','stage':'NEW'},'rules':["
                                + "{'direction':'outgoing','pipeline':'8','stage':'NOT'},"
                                + "{'direction':'incoming','mode':'"
                                + mode
                                + "','pipeline':'1','stage':'RULE',"
                                + "'filter':{'param':'line','values':['"
                                + line
                                + "']}}]}");
        assertThat(wanted(answered().with(with)).stage())
                .contains(new Stage("1", Optional.of(stage)));
    }

    @Test
    void O18_withoutTemplateTheDefaultText() {
        assertThat(title(answered(), EntityKind.DEAL))
                .isEqualTo("Входящий звонок на номер +79161234567 из приложения Trunkline");
        assertThat(title(outbound().rings(1, "201").ends(9).with(settings("")), EntityKind.LEAD))
                .isEqualTo("Исходящий звонок на номер +79167654321 из приложения Trunkline");
    }

    @Test
    void O18_theTemplateOfDirectionKindAndFilter() {
        String with =
                settings(
                        ",'templates':["
                                + "{'direction':'outgoing','entity':'deal','text':'out'},"
                                + "{'direction':'incoming','entity':'lead','text':'lead'},"
                                + "{'direction':'incoming','entity':'deal','text':'sales',"
                                + "'filter':{'param':'scenario','values':['sales']}},"
                                + "{'direction':'incoming','entity':'deal',"
                                + "'text':'{{employee_full_name}} {{start_date}} {{start_time}}"
                                + " {{talk_time_duration}} {{wait_time_duration}} {{call_result}}'}]");
        assertThat(title(answered().with(with), EntityKind.LEAD)).isEqualTo("lead");
        assertThat(title(answered().with(with), EntityKind.DEAL))
                .as("Moscow is three hours ahead")
                .isEqualTo("Employee 201 21.11.2026 13:00 6 3 answered");
        assertThat(title(answered().tagged(2, "scenario", "sales").with(with), EntityKind.DEAL))
                .isEqualTo("sales");
    }

    private static String title(Story story, EntityKind kind) {
        return wanted(story).create().orElseThrow().titles().get(kind);
    }

    @Test
    void O19_offFieldsAreFilledOnlyWhereTheHubMakesTheEntity() {
        String with = settings(",'fields':{'map':[{'field':'UF_1','text':'{{campaign_name}}!'}]}");
        Story story = answered().tagged(2, "campaign", "autumn").with(with);
        assertThat(wanted(story).fields()).containsEntry("UF_1", "autumn!").hasSize(1);
        Story repeated = story.knows(of().withContact().withDeal(true).client());
        assertThat(wanted(repeated).fields()).isEmpty();
        assertThat(wanted(repeated).updateFieldsOf()).isEmpty();
    }

    @Test
    void O19_onTheyAreUpdatedInTheFirstOfContactCompanyAndLead() {
        String with =
                settings(",'fields':{'alwaysUpdate':true,'map':[{'field':'UF_1','text':'x'}]}");
        Clients all = of().withContact().withCompany().withLead(true).withDeal(true);
        assertUpdated(all, with, Optional.of(EntityKind.CONTACT));
        assertUpdated(of().withCompany().withLead(true), with, Optional.of(EntityKind.COMPANY));
        assertUpdated(of().withLead(true).withDeal(true), with, Optional.of(EntityKind.LEAD));
        assertUpdated(of().withDeal(true), with, Optional.empty());
    }

    private static void assertUpdated(Clients known, String with, Optional<EntityKind> kind) {
        WantedEntities wanted = wanted(answered().with(with).knows(known.client()));
        assertThat(wanted.updateFieldsOf().map(f -> f.kind())).isEqualTo(kind);
        assertThat(wanted.fields().isEmpty()).isEqualTo(kind.isEmpty());
    }

    @Test
    void O12_firstTheDefaultResponsible_afterNTheRightOne() {
        String with = settings("").replace("\"41\"", "\"41\",\"changeAfter\":\"PT1H\"");
        Story story = answered().with(with);
        WantedEntities before = wanted(story.at(9 + 3_599));
        assertThat(before.responsible()).contains("41");
        assertThat(before.changeAt()).contains(Story.START.plusSeconds(9 + 3_600));
        WantedEntities after = wanted(story.at(9 + 3_600));
        assertThat(after.responsible()).contains("7");
        assertThat(after.changeAt()).isEmpty();
        assertThat(wanted(answered().at(9)).responsible()).as("without N").contains("7");
        assertThat(wanted(outbound().rings(1, "201").ends(9).with(with).at(10)).responsible())
                .as("outgoing")
                .contains("42");
    }

    @Test
    void O3_missedIsNotCompleted_successfulIsAndHandlesEarlierOnes() {
        var missed = inbound().rings(1, "201").ends(9).onlyRecord().activity();
        assertThat(missed.wanted()).isTrue();
        assertThat(missed.completed()).isFalse();
        assertThat(missed.handlesEarlier()).isFalse();
        var talked = answered().onlyRecord().activity();
        assertThat(talked.completed()).isTrue();
        assertThat(talked.handlesEarlier()).isTrue();
        Story out = outbound().rings(1, "201").answers(3, "201").ends(9);
        assertThat(out.onlyRecord().activity().handlesEarlier()).as("outgoing too").isTrue();
    }

    @ParameterizedTest(name = "send {0}, with filters {1}, {2} {3}: {4}")
    @CsvSource({
        "true,true,employee,include,true", "true,true,employee,exclude,false",
        "true,false,employee,include,false", "false,true,employee,include,false",
        "true,true,lastOperation,include,true", "true,false,lastOperation,include,false",
        "true,false,line,include,true", "true,false,line,exclude,true"
    })
    void O2_withAnEmployeeOrOperationFilterActivityAndRecordingNeedTheSecondSwitchAndAnInclude(
            boolean send, boolean withFilters, String param, String mode, boolean written) {
        String value =
                param.equals("line") ? Story.DIRECT : param.equals("employee") ? "201" : "op";
        String values =
                mode.equals("include") ? value : param.equals("line") ? "+74951000009" : "x";
        String with =
                "{'recordings':{'send':%s,'withFilters':%s},'filters':{'incoming':{'enabled':true,"
                                .formatted(send, withFilters)
                        + "'filter':{'param':'%s','mode':'%s','values':['%s']}}}}"
                                .formatted(param, mode, values);
        Story story =
                inbound()
                        .tagged(1, "lastOperation", "op")
                        .rings(1, "201")
                        .answers(3, "201")
                        .recorded(8, "201", "r1")
                        .ends(9)
                        .with(with.replace('\'', '"'));

        assertThat(story.onlyRecord().recordings().isEmpty()).isEqualTo(!written);
        assertThat(story.onlyRecord().activity().wanted()).isEqualTo(written);
    }
}
