package org.trunkline.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsDocumentTest {

    private static final JsonNode PRESET =
            Json.tree(
                    """
                    {"popup":{"enabled":true,"audience":"ringing","outgoing":true},
                     "record":{"incoming":true,"outgoing":true},
                     "entities":{"createBy":"portal"},
                     "responsible":{"missed":"1","talker":"first"},
                     "recordings":{"send":true}}""");

    /** RFC 7396, appendix A. */
    @ParameterizedTest(name = "{0} patched by {1} is {2}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "{'a':'b'}; {'a':'c'}; {'a':'c'}",
                "{'a':'b'}; {'b':'c'}; {'a':'b','b':'c'}",
                "{'a':'b'}; {'a':null}; {}",
                "{'a':'b','b':'c'}; {'a':null}; {'b':'c'}",
                "{'a':['b']}; {'a':'c'}; {'a':'c'}",
                "{'a':'c'}; {'a':['b']}; {'a':['b']}",
                "{'a':{'b':'c'}}; {'a':{'b':'d','c':null}}; {'a':{'b':'d'}}",
                "{'a':[{'b':'c'}]}; {'a':[1]}; {'a':[1]}",
                "['a','b']; ['c','d']; ['c','d']",
                "{'a':'b'}; ['c']; ['c']",
                "{'a':'foo'}; null; null",
                "{'a':'foo'}; 'bar'; 'bar'",
                "{'e':null}; {'a':1}; {'e':null,'a':1}",
                "[1,2]; {'a':'b','c':null}; {'a':'b'}",
                "{}; {'a':{'bb':{'ccc':null}}}; {'a':{'bb':{}}}",
            })
    void mergePatchIsThatOfRfc7396(String target, String patch, String result) {
        assertThat(SettingsDocument.mergePatch(json(target), json(patch))).isEqualTo(json(result));
    }

    @Test
    void mergingLeavesThePresetAsItWas() {
        JsonNode before = PRESET.deepCopy();

        SettingsDocument.mergePatch(PRESET, json("{'popup':{'enabled':false}}"));

        assertThat(PRESET).isEqualTo(before);
    }

    @Test
    void givenSettingsLieOverThePreset() {
        var read =
                SettingsDocument.read(
                        PRESET,
                        json(
                                "{'popup':{'audience':'ringAll'},'responsible':{'missed':null},"
                                        + "'record':{'missedWithoutEmployee':{'enabled':true,'user':'9'}}}"));

        assertThat(read.faults()).isEmpty();
        assertThat(read.settings().popup().enabled()).isTrue();
        assertThat(read.settings().popup().audience()).isEqualTo(Settings.Audience.RING_ALL);
        assertThat(read.settings().responsible().missed()).isEmpty();
        assertThat(read.settings().responsible().talker()).isEqualTo(Settings.Talker.FIRST);
        assertThat(read.settings().record().missedWithoutEmployee()).contains("9");
    }

    @Test
    void T13_theSwitchWithoutItsUserIsRefused() {
        var read =
                SettingsDocument.read(
                        PRESET, json("{'record':{'missedWithoutEmployee':{'enabled':true}}}"));

        assertThat(read.faults())
                .extracting(DocumentFault::path)
                .containsExactly("/record/missedWithoutEmployee/user");
    }

    @ParameterizedTest(name = "{0} is told at {1}")
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "{'popup':{'enabled':'yes'}}; /popup/enabled",
                "{'popup':{'audience':'everybody'}}; /popup/audience",
                "{'popup':{'audience':7}}; /popup/audience",
                "{'popup':[]}; /popup",
                "{'popup':{'enabeld':true}}; /popup/enabeld",
                "{'popups':{}}; /popups",
                "{'entities':{'createBy':'BY_HAND'}}; /entities/createBy",
                "{'responsible':{'missed':7}}; /responsible/missed",
                "{'recordings':{'send':1}}; /recordings/send",
                "[]; ``",
            })
    void aMistakeIsToldWithItsPlaceAndCure(String given, String path) {
        var faults = SettingsDocument.read(PRESET, json(given)).faults();

        assertThat(faults).extracting(DocumentFault::path).containsExactly(path);
        assertThat(faults)
                .allSatisfy(
                        f -> {
                            assertThat(f.message()).isNotBlank();
                            assertThat(f.cure()).isNotBlank();
                        });
    }

    private static JsonNode json(String text) {
        return Json.tree(text.replace('\'', '"'));
    }

    /** Issue 4: ten mistakes, ten messages, each with place and cure. */
    @Test
    void tenMistakesGiveTenMessages() {
        var read =
                SettingsDocument.read(
                        PRESET,
                        json(
                                """
                                {'popup':{'audience':'everybody'},
                                 'record':{'incoming':'yes','at':'noon'},
                                 'saveAll':{'enabled':true},
                                 'responsible':{'changeAfter':'soon',
                                   'incomingDefault':'1','outgoingDefault':'1'},
                                 'filters':{'outgoing':{'enabled':true,
                                   'filter':{'param':'site','values':['a']}},
                                   'incoming':{'filter':{'all':[]}}},
                                 'templates':[{'direction':'incoming','entity':'deal',
                                   'text':'Call {{fone}}'}],
                                 'pipelines':{'rules':[{'direction':'outgoing','pipeline':'1'}]},
                                 'clickToCall':{'enabled':true},
                                 'recordngs':{}}"""));

        assertThat(read.faults())
                .extracting(DocumentFault::path)
                .containsExactlyInAnyOrder(
                        "/popup/audience",
                        "/record/incoming",
                        "/record/at",
                        "/saveAll/user",
                        "/responsible/changeAfter",
                        "/filters/outgoing/filter/param",
                        "/filters/incoming/filter/all",
                        "/templates/0/text",
                        "/pipelines/rules/0/stage",
                        "/clickToCall/number",
                        "/recordngs");
        assertThat(read.faults()).noneMatch(f -> f.message().isBlank() || f.cure().isBlank());
    }

    @Test
    void O20_offTheNumberAndTheOverrideDoNotCount() {
        var click =
                read("{'clickToCall':{'number':'+74951000001','overrideCallerId':true}}")
                        .settings()
                        .clickToCall();

        assertThat(click.number()).isEmpty();
        assertThat(click.overrideCallerId()).isFalse();
        assertThat(faults("{'clickToCall':{'enabled':true}}"))
                .containsExactly("/clickToCall/number");
        assertThat(faults("{'clickToCall':{'enabled':true,'number':'4951'}}"))
                .containsExactly("/clickToCall/number");
    }

    @Test
    void O21_aCallbackNeedsItsNumber() {
        assertThat(faults("{'callback':{'enabled':true}}")).containsExactly("/callback/number");
        assertThat(faults("{'callback':{'enabled':true,'number':'+74951000001'}}")).isEmpty();
    }

    @Test
    void O9_rulesAndDelaysNeedBothDefaults_otherEntitiesOfTheHubWarn() {
        String[] both = {"/responsible/incomingDefault", "/responsible/outgoingDefault"};
        assertThat(faults("{'entities':{'createBy':'hub'}}")).isEmpty();
        assertThat(read("{'entities':{'createBy':'hub'}}").warnings())
                .extracting(DocumentFault::path)
                .containsExactly(both);
        assertThat(faults("{'responsible':{'rules':[{'user':'7'}]}}")).containsExactly(both);
        assertThat(
                        faults(
                                "{'entities':{'createBy':'hub'},"
                                        + "'responsible':{'changeAfter':'PT1H'}}"))
                .containsExactly(both);
        assertThat(
                        faults(
                                "{'entities':{'createBy':'hub'},'responsible':"
                                        + "{'incomingDefault':'1','outgoingDefault':'2'}}"))
                .isEmpty();
        assertThat(faults("{'entities':{'createBy':'hub'},'otherTelephony':{'enabled':true}}"))
                .as("O7 makes nothing")
                .isEmpty();
    }

    @Test
    void O12_aDelayNeedsEntitiesThatTheHubMakes() {
        assertThat(
                        faults(
                                "{'responsible':{'changeAfter':'PT1H',"
                                        + "'incomingDefault':'1','outgoingDefault':'2'}}"))
                .containsExactly("/responsible/changeAfter");
    }

    @Test
    void I5_namingTheUsersSwitchesItOn() {
        assertThat(read("{'notify':{'missedUsers':['7']}}").settings().notices().missed()).isTrue();
        assertThat(read("{'notify':{}}").settings().notices().missed()).isFalse();
        assertThat(read("{'notify':{'missed':true}}").settings().notices().missed()).isTrue();
        assertThat(read("{'notify':{'missed':true}}").warnings())
                .extracting(DocumentFault::path)
                .containsExactly("/notify/missedUsers");
    }

    @Test
    void rulesWithTheSameFilterCanNeverMatch() {
        String rule = "{'user':'%s','filter':{'param':'line','values':['+74951000001']}}";
        assertThat(
                        faults(
                                "{'responsible':{'incomingDefault':'1','outgoingDefault':'1',"
                                        + "'rules':["
                                        + rule.formatted("7")
                                        + ","
                                        + rule.formatted("8")
                                        + "]}}"))
                .containsExactly("/responsible/rules/1");
    }

    @Test
    void whatIncludesAndExcludesTheSameCanNeverMatch() {
        String never =
                "{'all':[{'param':'site','mode':'include','values':['a']},"
                        + "{'param':'site','mode':'exclude','values':['a','b']}]}";
        assertThat(faults("{'filters':{'incoming':{'enabled':true,'filter':" + never + "}}}"))
                .containsExactly("/filters/incoming/filter/all");
        assertThat(
                        faults(
                                "{'pipelines':{'rules':[{'direction':'incoming','pipeline':'1',"
                                        + "'stage':'A','filter':{'any':["
                                        + never
                                        + "]}}]}}"))
                .containsExactly("/pipelines/rules/0/filter/any/0/all");
        assertThat(
                        faults(
                                "{'filters':{'incoming':{'enabled':true,'filter':"
                                        + never.replace("['a','b']", "['b']")
                                        + "}}}"))
                .as("another value")
                .isEmpty();
    }

    @Test
    void O15_theConsoleIsWarned() {
        String filter =
                "{'filters':{'incoming':{'enabled':true,'filter':"
                        + "{'any':[{'param':'group','values':['a']}]}}}}";
        var read = read(filter);

        assertThat(read.faults()).isEmpty();
        assertThat(read.warnings())
                .extracting(DocumentFault::path)
                .containsExactly("/filters/incoming/filter");
        assertThat(read.warnings().get(0).message()).contains("group").contains("O15");
        assertThat(read(filter.replace("group", "line")).warnings()).isEmpty();
    }

    @Test
    void O16_rulesThatCanNeverMatchAreFound() {
        String all = "{'direction':'incoming','pipeline':'1','stage':'2'}";
        String some =
                "{'direction':'incoming','pipeline':'1','stage':'2',"
                        + "'filter':{'param':'line','values':['+74951000001']}}";
        assertThat(faults("{'pipelines':{'rules':[" + some + "," + all + "]}}")).isEmpty();
        assertThat(faults("{'pipelines':{'rules':[" + all + "," + some + "]}}"))
                .containsExactly("/pipelines/rules/1");
        assertThat(
                        faults(
                                "{'pipelines':{'rules':["
                                        + all
                                        + ","
                                        + some.replace("incoming", "outgoing")
                                        + "]}}"))
                .as("the other direction")
                .isEmpty();
        assertThat(
                        faults(
                                "{'pipelines':{'rules':["
                                        + all.replace("}", ",'mode':'exclude'}")
                                        + "]}}"))
                .containsExactly("/pipelines/rules/0");
    }

    @Test
    void O14_contradictionsAreFound() {
        String two =
                "{'filters':{'incoming':{'filter':{'all':["
                        + "{'param':'line','values':['+74951000001']},"
                        + "{'param':'line','values':['+74951000002']}]}}}}";
        assertThat(faults(two)).containsExactly("/filters/incoming/filter/all");
        assertThat(faults(two.replace("'all'", "'any'"))).isEmpty();
        assertThat(faults(two.replace("'param':'line'", "'param':'employee'")))
                .as("a call may have several employees")
                .isEmpty();
        assertThat(faults(two.replace("000002", "000001"))).isEmpty();
    }

    @Test
    void O18_templatesBehindOneForEveryCallAreFound() {
        String title = "{'direction':'incoming','entity':'deal','text':'a'}";
        assertThat(faults("{'templates':[" + title + "," + title + "]}"))
                .containsExactly("/templates/1");
        assertThat(faults("{'templates':[" + title + "," + title.replace("deal", "lead") + "]}"))
                .isEmpty();
    }

    private static SettingsDocument.Outcome read(String given) {
        return SettingsDocument.read(PRESET, json(given));
    }

    private static java.util.List<String> faults(String given) {
        return read(given).faults().stream().map(DocumentFault::path).toList();
    }
}
