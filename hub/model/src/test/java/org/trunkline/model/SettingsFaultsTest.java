package org.trunkline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What settings must not say, each with its place; and what stands at the edge and may be said. */
class SettingsFaultsTest {

    private static SettingsDocument.Outcome read(String settings) {
        return SettingsDocument.read(Json.tree("{}"), Json.tree(settings.replace('\'', '"')));
    }

    private static Settings accepted(String settings) {
        SettingsDocument.Outcome outcome = read(settings);
        assertThat(outcome.faults()).isEmpty();
        return outcome.settings();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'clickToCall':{'enabled':true}}; /clickToCall/number; is missing",
                "{'clickToCall':{'number':'12'}}; /clickToCall/number; is no phone number",
                "{'callback':{'routes':[{}]}}; /callback/routes/0/employee; or group",
                "{'callback':{'routes':[{'employee':'1','group':['2']}]}};"
                        + " /callback/routes/0/employee; or group",
                "{'callback':{'routes':[{'employee':'1','responsible':true}]}};"
                        + " /callback/routes/0/employee; one of them",
                "{'callback':{'routes':[{'employee':'1',"
                        + "'filter':{'param':'group','values':['sales']}}]}};"
                        + " /callback/routes/0/filter; once somebody answered",
                "{'fields':{'map':[{'field':'F','text':'{{nothing}}'}]}}; /fields/map/0/text; nothing",
                "{'filters':{'incoming':{'filter':{'all':[]}}}};"
                        + " /filters/incoming/filter/all; has no condition",
                "{'filters':{'incoming':{'filter':{'param':'site','values':[]}}}};"
                        + " /filters/incoming/filter/values; is empty",
                "{'filters':{'incoming':{'filter':{'param':'site','values':[7]}}}};"
                        + " /filters/incoming/filter/values; must hold texts only",
                "{'filters':{'incoming':{'filter':{'param':'line','values':['+74951000001','201']}}}};"
                        + " /filters/incoming/filter/values; must be phone numbers",
                "{'filters':{'incoming':{'filter':{'param':'site','values':['a'],'mood':1}}}};"
                        + " /filters/incoming/filter/mood; known",
                "{'recordings':{'durationAfter':'PT169H'}};"
                        + " /recordings/durationAfter; is no length of time",
                "{'callback':{'retryEvery':'PT4S'}}; /callback/retryEvery; is no length of time",
                "{'popup':{'enabled':'yes'}}; /popup/enabled; must be true or false",
            })
    void isRefusedWithItsPlace(String settings, String path, String message) {
        assertThat(read(settings).faults())
                .anySatisfy(
                        fault -> {
                            assertThat(fault.path()).isEqualTo(path);
                            assertThat(fault.message()).contains(message);
                            assertThat(fault.cure()).isNotBlank();
                        });
    }

    @Test
    void whatIsNotKnownIsAnsweredWithTheChoices() {
        assertThat(read("{'entities':{'createBy':'somebody'}}").faults())
                .singleElement()
                .satisfies(fault -> assertThat(fault.cure()).contains("portal, hub, nobody"));
    }

    @Test
    void theShortestAndTheLongestTimesAreAllowed() {
        assertThat(accepted("{'callback':{'retryEvery':'PT5S'}}").callback().retryEvery())
                .hasSeconds(5);
        assertThat(accepted("{'recordings':{'durationAfter':'P7D'}}").recordings().durationAfter())
                .hasDays(7);
    }

    @Test
    void I6_aRouteOfACallbackNamesEmployeeOrGroupOrTheResponsible() {
        Settings settings =
                accepted(
                        "{'callback':{'routes':[{'employee':'201'},{'group':['201','202']},"
                                + "{'responsible':true}]}}");

        assertThat(settings.callback().routes())
                .extracting(Settings.CallbackRoute::employees)
                .containsExactly(List.of("201"), List.of("201", "202"), List.of());
        assertThat(settings.callback().routes().get(2).responsible()).isTrue();
    }

    @Test
    void O20_whileClickToCallIsOnItsNumberCounts() {
        Settings.ClickToCall click =
                accepted("{'clickToCall':{'enabled':true,'number':'+74951000001'}}").clickToCall();

        assertThat(click.number()).map(PhoneNumber::value).contains("+74951000001");
        assertThat(click.overrideCallerId()).isFalse();
    }

    @Test
    void O5_theLineIsPassedAsSourceOnlyIfSaidSo() {
        assertThat(accepted("{'source':{'lineNumber':true}}").sourceLineNumber()).isTrue();
        assertThat(accepted("{}").sourceLineNumber()).isFalse();
    }

    @Test
    void O8_aRuleBehindOneForEveryCallIsFound() {
        String rule = "{'user':'1','filter':{'param':'site','values':['a']}}";
        String defaults = "'incomingDefault':'1','outgoingDefault':'2'";

        assertThat(
                        read("{'responsible':{"
                                        + defaults
                                        + ",'rules':["
                                        + rule
                                        + ",{'user':'2'},"
                                        + rule
                                        + "]}}")
                                .faults())
                .extracting(DocumentFault::path)
                .containsExactly("/responsible/rules/2");
        accepted("{'responsible':{" + defaults + ",'rules':[" + rule + ",{'user':'2'}]}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'popup':{'enabled':false},'record':{'incoming':false,'outgoing':false}}; true",
                "{'record':{'incoming':false,'outgoing':false}}; false",
                "{'popup':{'enabled':false},'record':{'outgoing':false}}; false",
                "{'popup':{'enabled':false},'record':{'incoming':false}}; false",
            })
    void O17_settingsUnderWhichTheCrmHearsOfNothingWarn(String settings, boolean warned) {
        assertThat(read(settings).warnings().stream().map(DocumentFault::path).toList())
                .isEqualTo(warned ? List.of("/record") : List.of());
    }

    @Test
    void O14_equalValuesInTwoConditionsMayMatch() {
        accepted(
                "{'filters':{'incoming':{'enabled':true,'filter':{'all':["
                        + "{'param':'site','values':['a','b']},{'param':'site','values':['b','c']}]}}}}");
        assertThat(
                        accepted(
                                        "{'filters':{'incoming':{'enabled':true,"
                                                + "'filter':{'param':'site','values':['a']}}}}")
                                .filters()
                                .of(Direction.INBOUND)
                                .conditions())
                .hasSize(1);
    }

    @Test
    void O16_eachDirectionHasItsDefaultStage() {
        Settings.Pipelines pipelines =
                accepted(
                                "{'pipelines':{'incoming':{'pipeline':'1','stage':'A'},"
                                        + "'outgoing':{'pipeline':'2','stage':'B'}}}")
                        .pipelines();

        assertThat(pipelines.of(Direction.INBOUND)).map(Settings.Stage::pipeline).contains("1");
        assertThat(pipelines.of(Direction.OUTBOUND)).map(Settings.Stage::pipeline).contains("2");
    }
}
