package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.itests.PresetCompany.assertPart;
import static org.trunkline.itests.PresetCompany.client;
import static org.trunkline.itests.PresetCompany.part;
import static org.trunkline.itests.PresetCompany.values;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** t2 with amoCRM, by the preset as it is shipped. */
abstract class T2AmocrmScenarios {

    private static T2Cloud t2;
    private static PresetCompany company;

    @BeforeAll
    static void provision() {
        t2 = new T2Cloud();
        company = PresetCompany.provisioned("t2-amocrm", PresetsIT.hub, PresetsIT.sandbox, t2);
        company.awaitConnected();
    }

    @AfterAll
    static void stop() {
        t2.close();
    }

    @Test
    void T9_theCardIsForWhoseNumberRings_andForWhoCallsOut() {
        String incoming = client();
        t2.rings(incoming, "SINGLE_CHANNEL", "201");
        assertThat(company.live(incoming, "card", "7").rule()).isEqualTo("T9");
        t2.over(incoming, "SINGLE_CHANNEL", "+74951000001", "201", 0);
        String outgoing = client();
        t2.rings(outgoing, "OUTGOING", "202");
        assertThat(company.live(outgoing, "card", "8").rule()).isEqualTo("T9");
        t2.over(outgoing, "OUTGOING", "", "202", 0);
    }

    @Test
    void T10_T11_finishedCallsOfBothDirectionsAreWritten_eachByItsSwitch() {
        String incoming = client();
        t2.play("answered", incoming);
        String outgoing = client();
        t2.play("outgoing", outgoing);
        assertPart(company.decided(incoming, "{}"), "responsible", "7", "K5");
        assertThat(values(company.decided(incoming, "{}"), "history")).containsExactly("whole");
        assertThat(values(company.decided(outgoing, "{}"), "history")).containsExactly("whole");
        String off = "{'record':{'incoming':false}}";
        assertThat(part(company.decided(incoming, off), "record").setting())
                .isEqualTo("/record/incoming");
        assertThat(values(company.decided(outgoing, off), "history")).containsExactly("whole");
    }

    @Test
    void T13_T16_whatReachedNobodyIsTiedToTheNamedEmployeeOnly() {
        String client = client();
        t2.play("reached nobody", client);
        assertPart(company.decided(client, "{}"), "responsible", "nothing", "T13");
        assertPart(
                company.decided(
                        client, "{'record':{'missedWithoutEmployee':{'enabled':true,'user':'8'}}}"),
                "responsible",
                "8",
                "T13");
    }

    @Test
    void T15_unknownIncomingNumbersBecomeADealOrAnUnsortedEntry_outgoingOnesNothing() {
        String incoming = client();
        t2.play("answered", incoming);
        assertPart(company.decided(incoming, "{}"), "entity", "deal", "T15");
        assertPart(
                company.decided(incoming, "{'entities':{'kind':'unsorted'}}"),
                "entity",
                "unsorted",
                "T15");
        String outgoing = client();
        t2.play("outgoing", outgoing);
        assertThat(part(company.decided(outgoing, "{}"), "entity").value()).isEqualTo("nothing");
    }
}
