package org.trunkline.crm.amocrm.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.MemorySteps;
import org.trunkline.crm.connector.Plans;
import org.trunkline.model.CallResult;
import org.trunkline.model.Client;
import org.trunkline.model.Decision;
import org.trunkline.model.Settings.Kind;
import org.trunkline.model.SiteRequest;
import org.trunkline.model.Step;
import org.trunkline.model.StepLog;
import org.trunkline.model.WantedEntities;

/** Requests from the site in an account (rule I6). */
class RequestsTest extends AgainstAccount {

    private static final Instant SENT = Instant.ofEpochSecond(1_795_000_000);
    private static final SiteRequest REQUEST =
            new SiteRequest(
                    SENT,
                    new TreeMap<>(
                            Map.of(
                                    "phone", NUMBER,
                                    "name", "Anna",
                                    "comment", "after lunch",
                                    "site", "a.example",
                                    "form_name", "Call me",
                                    "page", "https://a.example/price",
                                    "ip", "192.0.2.7")));
    private static final String NOTE =
            "Заявка с сайта\ncomment: after lunch\nform_name: Call me\nip: 192.0.2.7\n"
                    + "name: Anna\npage: https://a.example/price\nphone: +79161234567\n"
                    + "site: a.example";

    private static CallRecords missed() {
        return inbound().ended("7", 0, CallResult.MISSED);
    }

    private static Optional<WantedEntities> unsorted() {
        return Plans.make(Kind.UNSORTED, "7").get();
    }

    private void bring(
            StepLog log, Client client, Decision decision, Optional<Instant> answeredAt) {
        bring(log, CALL, REQUEST, client, decision, answeredAt);
    }

    private void bring(
            StepLog log,
            String call,
            SiteRequest request,
            Client client,
            Decision decision,
            Optional<Instant> answeredAt) {
        connector.bring(
                account.portal,
                "acme",
                call,
                CallRecords.told(
                        CallRecords.wanted(decision, client, NUMBER),
                        request.attributes(),
                        answeredAt),
                log);
    }

    private void missed(StepLog log) {
        bring(log, Client.UNKNOWN, decision(unsorted(), List.of(), missed()), Optional.empty());
    }

    private List<String> texts() {
        return notes("common").stream().map(n -> n.path("params").path("text").asText()).toList();
    }

    @Test
    void I6_nobodyReached_theEntryIsARequestWithItsForm_andNoCall() {
        missed(steps);

        assertThat(account.list("unsorted")).hasSize(1);
        JsonNode entry = account.list("unsorted").get(0);
        assertThat(entry.path("category").asText()).isEqualTo("forms");
        JsonNode form = entry.path("metadata");
        assertThat(form.path("form_name").asText()).isEqualTo("Call me");
        assertThat(form.path("form_page").asText()).isEqualTo("https://a.example/price");
        assertThat(form.path("ip").asText()).isEqualTo("192.0.2.7");
        assertThat(form.path("form_sent_at").asLong()).isEqualTo(SENT.getEpochSecond());
        assertThat(form.path("form_id").asText()).isNotEmpty();
        assertThat(form.path("referer").asText()).isNotEmpty();
        assertThat(notes("call_in")).isEmpty();
        assertThat(account.list("contacts").get(0).toString()).contains(NUMBER);
    }

    @Test
    void I6_allParametersGoToTheEntrysDeal_once() {
        missed(steps);
        missed(steps);

        assertThat(texts()).containsExactly(NOTE);
        assertThat(notes("common").get(0).path("entity_id"))
                .isEqualTo(account.list("leads").get(0).path("id"));
    }

    @Test
    void I6_answered_theyGoToTheNewDealBesideTheCall() {
        CallRecords answered = inbound().ended("7", 12, CallResult.ANSWERED);
        bring(
                steps,
                Client.UNKNOWN,
                decision(Plans.make(Kind.DEAL, "7").get(), List.of(), answered),
                Optional.of(Instant.now()));

        assertThat(account.list("unsorted")).isEmpty();
        JsonNode deal = account.list("leads").get(0).path("id");
        assertThat(notes("call_in").get(0).path("entity_id")).isEqualTo(deal);
        assertThat(notes("common").get(0).path("entity_id")).isEqualTo(deal);
        assertThat(texts()).containsExactly(NOTE);
    }

    @Test
    void I6_ofAKnownClientTheyGoToHisOpenDeal() {
        knows(NUMBER, FIRST_STAGE);
        bring(steps, found(), decision(Optional.empty(), List.of(), missed()), Optional.empty());

        assertThat(notes("common").get(0).path("entity_id").asLong()).isEqualTo(701);
        assertThat(notes("call_in").get(0).path("entity_id").asLong())
                .as("as a missed call")
                .isEqualTo(701);
    }

    @Test
    void I6_aStrangerWhoseEntryWaitsGetsAnotherNoteThereAndNoCall() {
        missed(steps);

        bring(
                new MemorySteps(),
                "fedcba987654321001234567",
                REQUEST,
                Client.UNKNOWN,
                decision(unsorted(), List.of(), missed()),
                Optional.empty());

        assertThat(account.list("unsorted")).hasSize(1);
        assertThat(texts()).containsExactly(NOTE, NOTE);
        assertThat(notes("call_in")).as("it reached nobody").isEmpty();
    }

    @Test
    void I6_whatAnybodyMaySendFitsTheFormsFields() {
        TreeMap<String, String> sent = new TreeMap<>(REQUEST.parameters());
        sent.put("ip", "999.1.1.1<script>");
        sent.put("page", "https://a.example/" + "p".repeat(3_000));
        sent.put("form_name", "n".repeat(3_000));
        bring(
                steps,
                CALL,
                new SiteRequest(SENT, sent),
                Client.UNKNOWN,
                decision(unsorted(), List.of(), missed()),
                Optional.empty());

        JsonNode form = account.list("unsorted").get(0).path("metadata");
        assertThat(form.path("ip").asText()).isEqualTo("0.0.0.0");
        assertThat(form.path("form_name").asText()).isEqualTo("n".repeat(255));
        assertThat(form.path("form_page").asText()).hasSize(255).startsWith("https://a.example/p");
        assertThat(form.path("referer").asText()).hasSize(255);
    }

    @Test
    void I6_whereUnsortedIsOffItIsADeal() {
        account.put("{\"account\":{\"is_unsorted_on\":false}}");

        missed(steps);

        assertThat(account.list("leads").get(0).path("status_id").asLong()).isEqualTo(FIRST_STAGE);
        assertThat(texts()).containsExactly(NOTE);
    }

    @Test
    void I6_lostRepliesMakeNeitherAnotherEntryNorAnotherNote() {
        replyLost(() -> missed(steps));
        deliver(() -> missed(steps));
        assertThat(account.list("unsorted")).hasSize(1);
        assertThat(texts()).containsExactly(NOTE);
    }

    @Test
    void I6_aRequestThatHasNoPlaceIsTold() {
        bring(
                steps,
                Client.UNKNOWN,
                decision(Optional.empty(), List.of(), missed()),
                Optional.empty());

        Step step = steps.step("request").orElseThrow();
        assertThat(step.state()).isEqualTo(Step.State.FAILED);
        assertThat(step.error().orElse("")).contains("/entities");
    }

    @Test
    void I6_whileItRingsNothingIsWrittenOfIt() {
        knows(NUMBER, FIRST_STAGE);

        bring(
                steps,
                found(),
                decision(Optional.empty(), List.of(), inbound().cards("7")),
                Optional.empty());

        assertThat(texts()).isEmpty();
        assertThat(account.list("cards")).hasSize(1);
    }
}
