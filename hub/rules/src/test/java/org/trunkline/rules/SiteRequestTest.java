package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.trunkline.model.CallResult;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;
import org.trunkline.model.FromCrm;
import org.trunkline.model.Notice;
import org.trunkline.model.Settings.Kind;
import org.trunkline.model.SiteRequest;
import org.trunkline.model.WantedEntities;

/** What becomes of a request from the site (rule I6). */
class SiteRequestTest {

    private static final String AMOCRM = "asterisk-amocrm";
    private static final Map<String, String> SENT =
            Map.of(
                    "phone", "+79161234567",
                    "name", "Анна",
                    "comment", "Перезвоните\nпосле обеда",
                    "site", "a.example",
                    "utm_source", "ya",
                    "colour", "blue");

    private static Story request() {
        return request(SENT);
    }

    private static Story request(Map<String, String> sent) {
        Story story = Story.inbound(Story.MULTICHANNEL);
        new FromCrm(
                        "office-main",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        false,
                        Optional.empty())
                .attributes()
                .forEach((name, value) -> story.tagged(0, name, value));
        new SiteRequest(Story.START, new TreeMap<>(sent))
                .attributes()
                .forEach((name, value) -> story.tagged(0, name, value));
        return story;
    }

    private static WantedEntities.New made(Story story) {
        return story.decided().entities().orElseThrow().create().orElseThrow();
    }

    @Test
    void I6_nobodyReached_itIsUnsortedAsARequest_andToldAsAMissedCall() {
        Story missed =
                request()
                        .preset(AMOCRM)
                        .with("{\"notify\":{\"missedUsers\":[\"9\"]}}")
                        .rings(1, "202")
                        .ends(20);

        assertThat(made(missed).kind()).isEqualTo(Kind.UNSORTED);
        assertThat(missed.part("unsorted").value()).isEqualTo("request");
        assertThat(missed.part("unsorted").rule()).isEqualTo("I6");
        assertThat(missed.decided().notices())
                .extracting(Notice::users)
                .containsExactly(List.of("9"));
    }

    @Test
    void I6_answeredItIsAnAnsweredIncomingCall() {
        Story answered = request().preset(AMOCRM).rings(1, "202").answers(4, "202").ends(20);

        assertThat(made(answered).kind()).isEqualTo(Kind.DEAL);
        assertThat(answered.decided().entities().orElseThrow().responsible()).contains("8");
        assertThat(answered.decided().parts()).noneMatch(part -> part.what().equals("unsorted"));
        assertThat(answered.onlyRecord().user()).isEqualTo("8");
    }

    @Test
    void I6_aCallOfAStrangerIsNoRequest() {
        Story call = Story.inbound().preset(AMOCRM).rings(1, "202").ends(20);

        assertThat(made(call).kind()).isEqualTo(Kind.UNSORTED);
        assertThat(call.decided().parts()).noneMatch(part -> part.what().equals("unsorted"));
    }

    @Test
    void I6_evenARequestThatRangNobodyIsKept() {
        String unsorted = "{\"entities\":{\"kind\":\"unsorted\"}}";

        assertThat(made(request().preset(AMOCRM).with(unsorted).ends(1)).kind())
                .isEqualTo(Kind.UNSORTED);
        assertThat(
                        Story.inbound(Story.MULTICHANNEL)
                                .preset(AMOCRM)
                                .with(unsorted)
                                .ends(1)
                                .decided()
                                .entities())
                .as("a call that reached nobody (T13)")
                .isEmpty();
    }

    @Test
    void I6_theNameOfTheRequestIsTheNewContacts() {
        Story missed = request().preset(AMOCRM).rings(1, "202").ends(20);

        assertThat(made(missed).contactName()).isEqualTo("Анна");
    }

    @Test
    void I6_aNameThatNoCrmTakesIsCut() {
        Story missed = request(Map.of("name", "я".repeat(3_000))).preset(AMOCRM).ends(20);

        assertThat(made(missed).contactName()).isEqualTo("я".repeat(255));
    }

    @Test
    void I6_inBitrix24NobodysMarkupIsShown() {
        String byHub =
                "{\"entities\":{\"createBy\":\"hub\"},"
                        + "\"responsible\":{\"incomingDefault\":\"7\",\"outgoingDefault\":\"7\"}}";
        String sent = "<b onclick=x>1 < 2</b> [url=http://a.example]here[/url] [1]";

        Story missed = request(Map.of("comment", sent)).with(byHub).rings(1, "202").ends(20);

        assertThat(missed.decided().entities().orElseThrow().fields().get("COMMENTS"))
                .isEqualTo(
                        "comment: < b onclick=x>1 < 2< /b>"
                                + " [ url=http://a.example]here[ /url] [1]");
    }

    @Test
    void I6_anEmployeePickedUpAndTheClientDidNot_itIsStillARequest_andToldSo() {
        Story missed = request().preset(AMOCRM).rings(1, "202");
        FromCrm.THE_CLIENT_IS_TRIED.forEach((name, value) -> missed.tagged(3, name, value));
        missed.ends(20, CallResult.MISSED);

        assertThat(missed.part("unsorted").reason())
                .isEqualTo("sent from the site; an employee picked up, the client was not reached");
    }

    @Test
    void I6_anOpenDealGetsNoEntryBeside() {
        Client.Found deal = new Client.Found(EntityKind.DEAL, "1", "Deal", "9", true);
        Client known =
                new Client(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(deal));

        Story missed = request().preset(AMOCRM).knows(known).rings(1, "202").ends(20);

        assertThat(missed.decided().entities().orElseThrow().create()).isEmpty();
        assertThat(missed.records()).hasSize(1);
    }

    @Test
    void I6_inBitrix24TheParametersAreTheCommentOfWhatIsMade() {
        String byHub =
                "{\"entities\":{\"createBy\":\"hub\"},"
                        + "\"responsible\":{\"incomingDefault\":\"7\",\"outgoingDefault\":\"7\"}}";

        Story missed = request().with(byHub).rings(1, "202").ends(20);

        assertThat(missed.decided().entities().orElseThrow().fields().get("COMMENTS"))
                .isEqualTo(
                        "colour: blue\ncomment: Перезвоните\nпосле обеда\nname: Анна\n"
                                + "phone: +79161234567\nsite: a.example\nutm_source: ya");
    }

    @Test
    void I6_filtersAndTemplatesKnowTheSiteAndItsMarketing() {
        assertThat(request().call().attributes())
                .containsEntry("site", "a.example")
                .containsEntry("utm_source", "ya")
                .doesNotContainKey("colour");
        SiteRequest read = SiteRequest.of(request().call()).orElseThrow();
        assertThat(read.parameters()).isEqualTo(SENT);
        assertThat(read.sentAt()).isEqualTo(Story.START);
    }

    @Test
    void I6_thePhonesScreenShowsNameAndComment() {
        assertThat(SiteRequest.of(request().call()).orElseThrow().screen())
                .contains("Анна: Перезвоните после обеда");
        assertThat(screen(Map.of("phone", "1"))).isEmpty();
        assertThat(screen(Map.of("comment", "x".repeat(99))).orElseThrow()).hasSize(60);
    }

    private static Optional<String> screen(Map<String, String> sent) {
        return new SiteRequest(Instant.EPOCH, new TreeMap<>(sent)).screen();
    }
}
