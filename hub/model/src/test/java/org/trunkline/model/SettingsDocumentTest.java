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
}
