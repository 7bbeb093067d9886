package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.trunkline.rules.Clients.of;
import static org.trunkline.rules.Story.inbound;
import static org.trunkline.rules.Story.outbound;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.trunkline.model.LegResult;
import org.trunkline.model.TransferKind;

/**
 * Section 5 where the hub makes the entities: a test for each line of the examples of the document
 * on UIS. 41 and 42 are the defaults, 43 the user of a rule for the multichannel line.
 */
class ResponsibleByHubTest {

    private static final String PLAIN =
            "{\"entities\":{\"createBy\":\"hub\"},"
                    + "\"responsible\":{\"byEntity\":true,\"incomingDefault\":\"41\",\"outgoingDefault\":\"42\"}}";

    private static final String WITH_RULE =
            PLAIN.replace(
                    "\"outgoingDefault\":\"42\"",
                    "\"outgoingDefault\":\"42\",\"rules\":[{\"filter\":{\"param\":\"line\",\"values\":[\""
                            + Story.MULTICHANNEL
                            + "\"]},\"user\":\"43\"}]");

    private static Story missed(String line) {
        return inbound(line).rings(1, "201").leaves(9, "201", LegResult.MISSED).ends(9).with(PLAIN);
    }

    private static Story answered() {
        return inbound(Story.MULTICHANNEL)
                .rings(1, "201")
                .rings(1, "202")
                .answers(3, "202")
                .ends(9)
                .with(PLAIN);
    }

    private static String entity(Story story) {
        return story.decided().entities().orElseThrow().responsible().orElseThrow();
    }

    private static String activity(Story story) {
        return story.records().get(0).user();
    }

    private static void both(Story story, String user) {
        assertThat(entity(story)).as("entity").isEqualTo(user);
        assertThat(activity(story)).as("activity").isEqualTo(user);
    }

    @Nested
    class FirstCall {

        @Test
        void O9_outgoingByAnUnmappedEmployee_isTheDefaults() {
            both(outbound().rings(1, "209").answers(3, "209").ends(9).with(PLAIN), "42");
        }

        @Test
        void O9_outgoingByAMappedEmployee_isHis() {
            both(outbound().rings(1, "203").answers(3, "203").ends(9).with(PLAIN), "9");
        }

        @Test
        void O9_incomingMissedWithoutRules_isTheDefaults() {
            both(missed(Story.MULTICHANNEL), "41");
        }

        @Test
        void O9_incomingAnswered_isTheTalkers() {
            both(answered(), "8");
        }

        @Test
        void O8_incomingMissedOnALineOfARule_isTheRules() {
            both(missed(Story.MULTICHANNEL).with(WITH_RULE), "43");
        }

        @Test
        void O9_rulesCountForMissedCallsOnly() {
            both(answered().with(WITH_RULE), "8");
        }

        @Test
        void O8_whoWasCalledByHisDirectNumberGoesBeforeRules() {
            String everyCall = WITH_RULE.replace(Story.MULTICHANNEL, Story.DIRECT);
            both(missed(Story.DIRECT).with(everyCall), "7");
        }

        @Test
        void O9_ofSeveralRulesTheFirstThatMatches() {
            String two =
                    WITH_RULE.replace(
                            "\"rules\":[",
                            "\"rules\":[{\"filter\":{\"param\":\"scenario\",\"values\":[\"x\"]},"
                                    + "\"user\":\"44\"},");
            both(missed(Story.MULTICHANNEL).with(two), "43");
            both(missed(Story.MULTICHANNEL).tagged(1, "scenario", "x").with(two), "44");
        }
    }

    @Nested
    class RepeatedCall {

        private final Clients lead = of().withLead(true);

        @Test
        void O10_missedOnALineOfARule_isTheOldEntitys() {
            both(missed(Story.MULTICHANNEL).with(WITH_RULE).knows(lead.client()), "53");
        }

        @Test
        void O10_missedOnALineOfNoRule_isTheOldEntitys() {
            both(missed("+74951000009").with(WITH_RULE).knows(lead.client()), "53");
        }

        @Test
        void O10_missedOnAnEmployeesDirectNumber_isTheOldEntitys() {
            both(missed(Story.DIRECT).with(WITH_RULE).knows(lead.client()), "53");
        }

        @Test
        void O10_answered_isTheTalkers() {
            both(answered().with(WITH_RULE).knows(of().withContact().client()), "8");
        }

        @Test
        void O13_ofSeveralTalkersFirstOrLastBySetting() {
            Story story =
                    inbound(Story.MULTICHANNEL)
                            .rings(1, "201")
                            .answers(2, "201")
                            .leaves(5, "201", LegResult.ANSWERED)
                            .transferred(5, "201", "202", TransferKind.BLIND)
                            .answers(6, "202")
                            .ends(9)
                            .with(PLAIN);
            assertThat(entity(story)).isEqualTo("7");
            String last =
                    PLAIN.replace("\"incomingDefault\"", "\"talker\":\"last\",\"incomingDefault\"");
            assertThat(entity(story.with(last))).isEqualTo("8");
        }
    }

    /** Missed, then answered. */
    @Nested
    class Precedence {

        private void missedAndAnswered(Clients known, String missed, String entity, String talker) {
            both(missed(Story.MULTICHANNEL).knows(known.client()), missed);
            assertThat(entity(answered().knows(known.client()))).as("entity").isEqualTo(entity);
            assertThat(activity(answered().knows(known.client()))).as("activity").isEqualTo(talker);
        }

        @Test
        void O11_contactCompanyAndDeal_isTheContacts() {
            missedAndAnswered(of().withContact().withCompany().withDeal(true), "51", "51", "8");
        }

        @Test
        void O11_contactCompanyAndAClosedDeal_meansANewDealForTheContacts() {
            Clients known = of().withContact().withCompany().withDeal(false);
            missedAndAnswered(known, "51", "51", "8");
            assertThat(answered().knows(known.client()).decided().entities().orElseThrow().create())
                    .isPresent();
        }

        @Test
        void O11_companyAndDeal_missedTheCompanys_answeredTheTalkers() {
            missedAndAnswered(of().withCompany().withDeal(true), "52", "8", "8");
        }

        @Test
        void O11_dealAlone_isTheDeals() {
            missedAndAnswered(of().withDeal(true), "54", "54", "8");
        }

        @Test
        void O11_dealAndContact_missedTheContacts_answeredTheTalkers() {
            missedAndAnswered(of().withContact().withDeal(true), "51", "8", "8");
        }

        @Test
        void O11_leadContactDealAndCompany_missedTheContacts_answeredTheTalkers() {
            missedAndAnswered(
                    of().withContact().withCompany().withLead(true).withDeal(true), "51", "8", "8");
        }

        @Test
        void O11_leadAndContact_missedTheContacts_answeredTheTalkers() {
            missedAndAnswered(of().withContact().withLead(true), "51", "8", "8");
        }

        @Test
        void O11_leadAloneInAFinalState_itsResponsibleGoesIntoTheNewDeal() {
            Clients known = of().withLead(false);
            missedAndAnswered(known, "53", "53", "8");
            assertThat(answered().knows(known.client()).decided().entities().orElseThrow().create())
                    .isPresent();
        }
    }

    @Nested
    class Unmapped {

        private static final String SAVE_ALL =
                PLAIN.substring(0, PLAIN.length() - 1)
                        + ",\"saveAll\":{\"enabled\":true,\"user\":\"45\"}}";

        @Test
        void M2_onCallsOfUnmappedEmployeesAreTiedToThatUser() {
            both(inbound().rings(1, "209").answers(2, "209").ends(9).with(SAVE_ALL), "45");
            both(outbound().rings(1, "209").ends(9).with(SAVE_ALL), "45");
        }

        @Test
        void M2_offTheyAreIgnored() {
            String off = "{\"entities\":{\"createBy\":\"portal\"}}";
            assertThat(inbound().rings(1, "209").answers(2, "209").ends(9).with(off).records())
                    .isEmpty();
            assertThat(outbound().rings(1, "209").ends(9).with(off).records()).isEmpty();
        }

        @Test
        void M2_mappedEmployeesKeepTheirs() {
            both(answered().with(SAVE_ALL), "8");
        }

        @Test
        void M3_aMissedGroupCallThatEndedOnAnUnmappedOneGoesToThatUser() {
            Story story =
                    inbound(Story.MULTICHANNEL)
                            .rings(1, "201")
                            .rings(5, "209")
                            .ends(9)
                            .with(SAVE_ALL);
            both(story, "45");
            assertThat(story.part("responsible").rule()).isEqualTo("M3");
            String named =
                    SAVE_ALL.replace(
                            "\"saveAll\"", "\"missedGroup\":{\"enabled\":true},\"saveAll\"");
            both(story.with(named), "41");
        }

        @Test
        void M3_notIfItEndedOnAMappedOne() {
            both(
                    inbound(Story.MULTICHANNEL)
                            .rings(1, "209")
                            .rings(5, "201")
                            .ends(9)
                            .with(SAVE_ALL),
                    "41");
        }
    }
}
