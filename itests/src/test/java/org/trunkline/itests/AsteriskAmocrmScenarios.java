package org.trunkline.itests;

import static org.trunkline.itests.PresetCompany.assertPart;
import static org.trunkline.itests.PresetCompany.client;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.trunkline.itests.PresetCompany.Part;

/** Asterisk with amoCRM, by the preset as it is shipped. */
abstract class AsteriskAmocrmScenarios {

    private static AmiPlayback asterisk;
    private static PresetCompany company;

    @BeforeAll
    static void provision() {
        asterisk = AmiPlayback.started(PresetsIT.sandbox, "asterisk-amocrm", 4);
        company =
                PresetCompany.provisioned(
                        "asterisk-amocrm", PresetsIT.hub, PresetsIT.sandbox, asterisk);
        company.awaitConnected();
    }

    private static String played(String capture) {
        String client = client();
        asterisk.play(capture, client);
        company.ended(client);
        return client;
    }

    @Test
    void I1_whoTalksIsToldTheClientsData() {
        assertPart(company.decided(played("inbound-answered"), "{}"), "notice", "7", "I1");
        assertPart(company.decided(played("outbound-answered"), "{}"), "notice", "7", "I1");
    }

    @Test
    void I2_missedCallsAndFailedAttemptsAreWrittenAtTheirEnd() {
        assertPart(company.decided(played("inbound-noanswer"), "{}"), "history", "whole", "I2");
        assertPart(company.decided(played("outbound-busy"), "{}"), "history", "whole", "I2");
    }

    @Test
    void I3_theDurationFollowsLater() {
        String client = played("inbound-answered");
        assertPart(company.decided(client, "{}"), "history", "without duration", "I3");
        assertPart(
                company.decided(client, "{'recordings':{'durationAfter':'PT0S'}}"),
                "history",
                "whole",
                "I2");
    }

    @Test
    void I4_answeredCallsMakeADealOfTheTalkers_failedAttemptsNone() {
        List<Part> answered = company.decided(played("ringall-answered"), "{}");
        assertPart(answered, "entity", "deal", "I4");
        assertPart(answered, "owner", "8", "O9");
        assertPart(company.decided(played("outbound-answered"), "{}"), "entity", "deal", "I4");
        assertPart(company.decided(played("outbound-busy"), "{}"), "entity", "nothing", "I4");
    }

    @Test
    void I5_missedCallsAreUnsorted_andTheListIsTold() {
        List<Part> missed =
                company.decided(played("inbound-noanswer"), "{'notify':{'missedUsers':['8','9']}}");
        assertPart(missed, "entity", "unsorted", "I5");
        assertPart(missed, "notice", "8,9", "I5");
    }
}
