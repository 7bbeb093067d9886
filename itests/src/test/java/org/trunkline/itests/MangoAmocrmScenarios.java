package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.itests.PresetCompany.assertPart;
import static org.trunkline.itests.PresetCompany.client;
import static org.trunkline.itests.PresetCompany.part;
import static org.trunkline.itests.PresetCompany.values;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trunkline.itests.PresetCompany.Part;

/** Mango Office with amoCRM, by the preset as it is shipped. */
abstract class MangoAmocrmScenarios {

    private static final String SAVE_ALL = "{'saveAll':{'enabled':true,'user':'99'}}";
    private static final String SPEECH = "{'speech':{'enabled':true}}";
    private static final List<List<String>> WORDS =
            List.of(List.of("operator", "добрый день"), List.of("client", "алло"));
    private static MangoCloud mango;
    private static PresetCompany company;

    @BeforeAll
    static void provision() {
        mango = MangoCloud.of(PresetsIT.hub, "mango-amocrm");
        company =
                PresetCompany.provisioned("mango-amocrm", PresetsIT.hub, PresetsIT.sandbox, mango);
    }

    @AfterAll
    static void stop() {
        mango.close();
    }

    @Test
    void M1_noCardWhileAnUnmappedEmployeesCallGoesOn() {
        company.settings(SAVE_ALL);
        String client = client();
        mango.tell("blind-transfer", client, 2);
        assertThat(company.live(client, "card", "nothing").rule()).isEqualTo("M1");
        company.settings("{}");
    }

    @Test
    void M2_callsOfUnmappedEmployeesAreTheNamedUsers_offTheyAreIgnored() {
        String client = client();
        mango.cast("201", "203").play("inbound-menu-answered", client);
        assertPart(company.decided(client, SAVE_ALL), "responsible", "99", "M2");
        List<Part> ignored = company.decided(client, "{}");
        assertPart(ignored, "responsible", "nothing", "T4");
        assertThat(values(ignored, "history")).isEmpty();
    }

    @Test
    void M3_aMissedGroupCallThatEndedOnAnUnmappedEmployeeGoesThereToo() {
        String client = client();
        // The group of 201, 202 and 203 behind the multichannel number.
        mango.cast("74951000001", "74951000002").play("ring-group-missed", client);
        assertPart(company.decided(client, SAVE_ALL), "responsible", "99", "M3");
        List<Part> named =
                company.decided(
                        client,
                        "{'saveAll':{'enabled':true,'user':'99'},"
                                + "'missedGroup':{'enabled':true}}");
        assertThat(values(named, "responsible")).doesNotContain("99");
    }

    @Test
    void M4_unmappedToMapped_andTheReverse() {
        String handedIn = client();
        mango.play("blind-transfer", handedIn);
        List<Part> in = company.decided(handedIn, SAVE_ALL);
        assertThat(values(in, "responsible")).containsExactly("99", "8");
        assertThat(values(in, "owner")).containsExactly("8");
        String handedOut = client();
        mango.cast("203", "201", "202", "203").play("blind-transfer", handedOut);
        List<Part> out = company.decided(handedOut, SAVE_ALL);
        assertThat(values(out, "responsible")).containsExactly("7", "99");
        assertThat(values(out, "owner")).containsExactly("7");
    }

    @Test
    void M5_theWordsOfATalkAreSavedWithItsCall_offNothingIs() {
        company.settings(SPEECH);
        String client = client();
        mango.play("inbound-menu-answered", client);
        mango.recognised(client, WORDS);
        assertThat(company.words(client)).isEqualTo("Сотрудник: добрый день\nКлиент: алло");
        assertPart(company.decided(client, SPEECH), "transcript", "saved", "M5");
        List<Part> off = company.decided(client, "{}");
        assertPart(off, "transcript", "nothing", "M5");
        assertThat(part(off, "transcript").setting()).isEqualTo("/speech/enabled");
        company.settings("{}");
    }

    @Test
    void M5_ofUnmappedEmployeesTooUnderM2() {
        company.settings(SPEECH);
        String client = client();
        MangoCloud unmapped = mango.cast("201", "203");
        unmapped.play("inbound-menu-answered", client);
        unmapped.recognised(client, WORDS);
        assertThat(company.words(client)).contains("алло");
        List<Part> all =
                company.decided(
                        client,
                        "{'speech':{'enabled':true},'saveAll':{'enabled':true,'user':'99'}}");
        assertPart(all, "responsible", "99", "M2");
        assertPart(all, "transcript", "saved", "M5");
        assertThat(values(company.decided(client, SPEECH), "transcript")).isEmpty();
        company.settings("{}");
    }
}
