package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.crm.connector.CallRecords;
import org.trunkline.crm.connector.MemorySteps;
import org.trunkline.crm.connector.Plans;
import org.trunkline.model.CallRecord.Written;
import org.trunkline.model.CallResult;
import org.trunkline.model.Client;
import org.trunkline.model.Fault;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Settings.Kind;
import org.trunkline.model.Step;

/** What the hub makes and changes in the simulated portal. */
class EntitiesTest extends AgainstSandbox {

    private static final PhoneNumber NUMBER = new PhoneNumber("+79161234567", "89161234567");

    @Test
    void T14_aNewClientGetsContactAndDealAndTheCallHangsOnBoth() {
        CallRecords call = over("8", 42);
        Plans plan = Plans.make(Kind.BY_MODE, "8");

        deliver(plan, Client.UNKNOWN, call);
        int requests = portal.requests().size();
        deliver(plan, Client.UNKNOWN, call);

        assertThat(portal.requests()).hasSize(requests).hasSize(3);
        JsonNode contact = only("contacts");
        assertThat(contact.path("NAME").asText()).isEqualTo("Без имени");
        assertThat(contact.path("PHONE").path(0).path("VALUE").asText()).isEqualTo("+79161234567");
        assertThat(contact.path("ASSIGNED_BY_ID").asText()).isEqualTo("8");
        JsonNode deal = only("deals");
        assertThat(deal.path("TITLE").asText()).isEqualTo("Call from +79161234567");
        assertThat(deal.path("CONTACT_ID").asText()).isEqualTo(id(contact));
        assertThat(deal.path("ASSIGNED_BY_ID").asText()).isEqualTo("8");
        assertThat(deal.path("ORIGINATOR_ID").asText()).isEqualTo("trunkline");
        assertThat(deal.path("ORIGIN_ID").asText()).isEqualTo(CALL + "-deal");
        assertThat(only("calls").path("CRM_ENTITY_TYPE").asText()).isEqualTo("CONTACT");
        assertThat(only("calls").path("CRM_ENTITY_ID").asText()).isEqualTo(id(contact));
        assertThat(bindings(only("activities")))
                .containsExactlyInAnyOrder("3:" + id(contact), "2:" + id(deal));
    }

    @Test
    void K7_theActivityHasTypeDirectionTimesAndResponsible() {
        Instant start = Instant.now().minusSeconds(100);
        deliver(
                Plans.make(Kind.DEAL, "7"),
                Client.UNKNOWN,
                over("8", 42).startedAt(start).line("+74951000002"));

        JsonNode activity = only("activities");
        assertThat(activity.path("TYPE_ID").asText()).isEqualTo("2");
        assertThat(activity.path("PROVIDER_ID").asText()).isEqualTo("VOXIMPLANT_CALL");
        assertThat(activity.path("DIRECTION").asText()).isEqualTo("1");
        assertThat(activity.path("COMPLETED").asText()).isEqualTo("Y");
        assertThat(activity.path("RESPONSIBLE_ID").asText()).isEqualTo("8");
        Instant shown = start.truncatedTo(ChronoUnit.SECONDS);
        assertThat(time(activity, "START_TIME")).isEqualTo(shown);
        assertThat(time(activity, "END_TIME")).isEqualTo(shown.plusSeconds(42));
    }

    @Test
    void T14_aClientWhoseCardWasShownIsMadeAtTheEndAndTheCallHangsOnHimOnce() {
        CallRecords call = inbound().byHub().user("7").cards("7", "8");
        bring(call);
        assertThat(portal.cards()).containsExactlyInAnyOrder("show 7", "show 8");

        CallRecords over = call.ended("8", 42, CallResult.ANSWERED);
        deliver(Plans.make(Kind.DEAL, "8"), Client.UNKNOWN, over);
        deliver(Plans.make(Kind.DEAL, "8"), Client.UNKNOWN, over);

        List<JsonNode> finished =
                portal.list("calls").stream().filter(c -> c.path("finished").asBoolean()).toList();
        assertThat(finished).hasSize(1);
        assertThat(finished.get(0).path("CRM_ENTITY_ID").asText()).isEqualTo(id(only("contacts")));
        assertThat(only("activities").path("RESPONSIBLE_ID").asText()).isEqualTo("8");
        assertThat(portal.cards().subList(2, 4)).containsExactlyInAnyOrder("hide 7", "hide 8");
    }

    @Test
    void X1_aTransfersFirstRecordWaitsForWhatTheEndMakes() {
        CallRecords first = inbound().byHub().user("7").cards("7");
        bring(first);
        first.ended("7", 10, CallResult.ANSWERED);
        CallRecords second = inbound().byHub().key("leg2").user("8").cards("8");

        bring(first, second);
        assertThat(portal.cards()).containsExactlyInAnyOrder("show 7", "hide 7", "show 8");
        assertThat(portal.list("activities")).isEmpty();
        bring(
                CALL,
                steps,
                Client.UNKNOWN,
                CallRecords.decision(
                        List.of(first.get(), second.ended("8", 20, CallResult.ANSWERED).get()),
                        Plans.make(Kind.DEAL, "8").get()));

        String deal = "2:" + id(only("deals"));
        assertThat(portal.list("activities"))
                .hasSize(2)
                .allSatisfy(activity -> assertThat(bindings(activity)).contains(deal));
    }

    @Test
    void K4_withLeadsInUseALeadIsMade() {
        portal.put("{\"mode\":\"classic\"}");

        deliver(Plans.make(Kind.BY_MODE, "8"), Client.UNKNOWN, over("8", 42));

        JsonNode lead = only("leads");
        assertThat(lead.path("NAME").asText()).isEqualTo("Без имени");
        assertThat(lead.path("ASSIGNED_BY_ID").asText()).isEqualTo("8");
        assertThat(portal.list("contacts")).isEmpty();
        assertThat(portal.list("deals")).isEmpty();
        assertThat(bindings(only("activities"))).containsExactly("1:" + id(lead));
    }

    @Test
    void O6_aKnownClientWhoseDealIsClosedGetsADealOnly() {
        seedContact("WON");

        deliver(Plans.make(Kind.DEAL, "8"), found(), over("8", 42));

        assertThat(portal.list("contacts")).hasSize(1);
        assertThat(portal.list("deals")).hasSize(2);
        JsonNode made = portal.list("deals").get(1);
        assertThat(made.path("CONTACT_ID").asText()).isEqualTo("11");
        assertThat(bindings(only("activities"))).containsExactlyInAnyOrder("3:11", "2:" + id(made));
    }

    @Test
    void O6_aCompanyNeedsNoContactForItsDeal() {
        portal.put(
                "{\"companies\":[{\"ID\":\"12\",\"TITLE\":\"Horns\",\"PHONE\":\"+79161234567\"}]}");

        deliver(Plans.make(Kind.DEAL, "8"), found(), over("8", 42));

        assertThat(portal.list("contacts")).isEmpty();
        assertThat(only("deals").path("COMPANY_ID").asText()).isEqualTo("12");
        assertThat(bindings(only("activities"))).contains("4:12", "2:" + id(only("deals")));
    }

    @Test
    void O10_theOpenDealBecomesTheTalkers() {
        seedContact("NEW");
        Client client = found();

        deliver(Plans.nothing().reassign(client.deal().orElseThrow(), "8"), client, over("8", 42));

        assertThat(only("deals").path("ASSIGNED_BY_ID").asText()).isEqualTo("8");
        assertThat(only("contacts").path("ASSIGNED_BY_ID").asText()).isEqualTo("7");
        assertThat(only("activities").path("RESPONSIBLE_ID").asText()).isEqualTo("8");
    }

    @Test
    void O11_aMissedCallHangsOnContactAndDealBoth() {
        seedContact("NEW");

        deliver(Plans.nothing(), found(), missed("7"));

        JsonNode activity = only("activities");
        assertThat(bindings(activity)).containsExactlyInAnyOrder("3:11", "2:14");
        assertThat(activity.path("RESPONSIBLE_ID").asText()).isEqualTo("7");
    }

    @Test
    void O12_theDefaultResponsibleStandsUntilTheRightOneAndTheActivityComesWithHim() {
        Instant start = Instant.now().minusSeconds(60);
        CallRecords call = inbound().byHub().startedAt(start).user("7").cards("8");
        bring(call);
        CallRecords over = call.ended("8", 42, CallResult.ANSWERED);

        deliver(
                Plans.make(Kind.DEAL, "9").until(Instant.now().plusSeconds(60)),
                Client.UNKNOWN,
                over.written(Written.NOT_YET));

        assertThat(only("deals").path("ASSIGNED_BY_ID").asText()).isEqualTo("9");
        assertThat(only("contacts").path("ASSIGNED_BY_ID").asText()).isEqualTo("9");
        assertThat(portal.list("activities")).isEmpty();
        assertThat(portal.cards()).endsWith("hide 8");

        deliver(Plans.make(Kind.DEAL, "8"), Client.UNKNOWN, over.written(Written.WHOLE));

        assertThat(only("deals").path("ASSIGNED_BY_ID").asText()).isEqualTo("8");
        assertThat(only("contacts").path("ASSIGNED_BY_ID").asText()).isEqualTo("8");
        JsonNode activity = only("activities");
        assertThat(activity.path("RESPONSIBLE_ID").asText()).isEqualTo("8");
        assertThat(time(activity, "START_TIME")).isEqualTo(start.truncatedTo(ChronoUnit.SECONDS));
        assertThat(time(activity, "END_TIME"))
                .isEqualTo(start.truncatedTo(ChronoUnit.SECONDS).plusSeconds(42));
    }

    @Test
    void O16_whatIsMadeStandsInItsStage() {
        deliver(
                Plans.make(Kind.DEAL, "8").stage("1", "C1:PREPARATION"),
                Client.UNKNOWN,
                over("8", 1));

        assertThat(only("deals").path("CATEGORY_ID").asText()).isEqualTo("1");
        assertThat(only("deals").path("STAGE_ID").asText()).isEqualTo("C1:PREPARATION");
    }

    @Test
    void O16_aStageThatWasRemovedGivesWayToTheFirst() {
        deliver(Plans.make(Kind.DEAL, "8").stage("0", "GONE"), Client.UNKNOWN, over("8", 1));

        assertThat(only("deals").path("STAGE_ID").asText()).isEqualTo("NEW");
        assertThat(only("deals").path("CONTACT_ID").asText()).isEqualTo(id(only("contacts")));
        assertThat(connector.health().get(0).state()).isEqualTo("ok");
        assertThat(connector.health().get(0).reason())
                .contains("pipeline 0, stage GONE is refused");
        assertThat(connector.health().get(0).cure()).contains("/pipelines");
    }

    @Test
    void O5_theLineIsTheSource() {
        deliver(Plans.make(Kind.DEAL, "8").source("+74951000002"), Client.UNKNOWN, over("8", 1));

        assertThat(only("deals").path("SOURCE_DESCRIPTION").asText()).isEqualTo("+74951000002");
        assertThat(only("contacts").path("SOURCE_DESCRIPTION").asText()).isEqualTo("+74951000002");
    }

    @Test
    void O19_fieldsGoIntoWhatIsMade() {
        deliver(
                Plans.make(Kind.DEAL, "8").field("UF_CRM_SCENARIO", "sale"),
                Client.UNKNOWN,
                over("8", 1));

        assertThat(only("deals").path("UF_CRM_SCENARIO").asText()).isEqualTo("sale");
    }

    @Test
    void O19_fieldsOfWhatIsThereAreUpdatedOncePerText() {
        seedContact("NEW");
        Client client = found();
        Plans plan =
                Plans.nothing()
                        .update(client.contact().orElseThrow())
                        .field("UF_CRM_SCENARIO", "sale");

        deliver(plan, client, over("8", 1));
        int requests = portal.requests().size();
        deliver(plan, client, over("8", 1));
        assertThat(portal.requests()).hasSize(requests);
        deliver(plan.field("UF_CRM_SCENARIO", "support"), client, over("8", 1));

        assertThat(only("contacts").path("UF_CRM_SCENARIO").asText()).isEqualTo("support");
    }

    @Test
    void T14_aResponsibleWhomThePortalDoesNotKnowGivesWayToTheFallback() {
        deliver(Plans.make(Kind.DEAL, "12345"), Client.UNKNOWN, over("8", 1).user("7", "9", "8"));

        assertThat(only("deals").path("ASSIGNED_BY_ID").asText()).isEqualTo("9");
        assertThat(only("contacts").path("ASSIGNED_BY_ID").asText()).isEqualTo("9");
    }

    @Test
    void aResponsibleWhomNobodyReplacesKeepsTheCallsRecordFromNobody() {
        assertThatThrownBy(
                        () ->
                                bring(
                                        CALL,
                                        steps,
                                        Client.UNKNOWN,
                                        CallRecords.decision(
                                                List.of(over("8", 1).get()),
                                                Plans.make(Kind.DEAL, "12345").get())))
                .isInstanceOf(Fault.Data.class);

        assertThat(only("calls").path("finished").asBoolean()).isTrue();
        assertThat(portal.list("deals")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "crm.item.add",
                "telephony.externalCall.register",
                "telephony.externalCall.finish",
                "crm.activity.update"
            })
    void aLostReplyMakesNothingTwice(String method) {
        portal.fault("{\"kind\":\"lostReply\",\"method\":\"" + method + "\",\"forSeconds\":600}");
        Plans plan = Plans.make(Kind.DEAL, "8");
        CallRecords call = over("8", 42);
        assertThatThrownBy(() -> once(plan, Client.UNKNOWN, call))
                .isInstanceOf(Fault.Retryable.class);
        portal.heal();

        deliver(plan, Client.UNKNOWN, call);

        only("contacts");
        only("deals");
        only("calls");
        only("activities");
        assertThat(only("deals").path("CONTACT_ID").asText()).isEqualTo(id(only("contacts")));
    }

    @Test
    void O12_whatALostRequestMadeStillChangesHands() {
        portal.fault("{\"kind\":\"lostReply\",\"method\":\"crm.item.add\"}");
        CallRecords call = over("8", 42).written(Written.NOT_YET);
        assertThatThrownBy(() -> once(Plans.make(Kind.DEAL, "9"), Client.UNKNOWN, call))
                .isInstanceOf(Fault.Retryable.class);
        portal.heal();

        deliver(Plans.make(Kind.DEAL, "8"), Client.UNKNOWN, call.written(Written.WHOLE));

        assertThat(only("deals").path("ASSIGNED_BY_ID").asText()).isEqualTo("8");
        assertThat(only("contacts").path("ASSIGNED_BY_ID").asText()).isEqualTo("8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"makeContact", "makeDeal"})
    void aHubThatDiedBeforeItHeardTheReplyMakesNothingTwice(String step) {
        Plans plan = Plans.make(Kind.DEAL, "8");
        CallRecords call = over("8", 42);
        deliver(plan, Client.UNKNOWN, call);
        // As if the hub had died right after the request: the step was begun, its end never
        // written.
        MemorySteps afterDeath = new MemorySteps();
        afterDeath.steps.putAll(steps.steps);
        Step made = steps.step(step).orElseThrow();
        afterDeath.steps.put(
                step, new Step(step, Step.State.PENDING, Optional.empty(), 1, Optional.empty()));

        bring(
                CALL,
                afterDeath,
                Client.UNKNOWN,
                CallRecords.decision(List.of(call.get()), plan.get()));

        assertThat(afterDeath.step(step).flatMap(Step::crmId)).isEqualTo(made.crmId());
        only("contacts");
        only("deals");
    }

    private CallRecords over(String talker, long seconds) {
        return inbound()
                .byHub()
                .startedAt(Instant.now().minusSeconds(seconds + 10))
                .user("7")
                .ended(talker, seconds, CallResult.ANSWERED);
    }

    private CallRecords missed(String user) {
        return inbound()
                .byHub()
                .user("7")
                .ended(user, 0, CallResult.MISSED)
                .activity(true, false, false);
    }

    /** A contact of user 7, with a deal of user 9. */
    private void seedContact(String stage) {
        portal.put(
                """
                {"contacts":[{"ID":"11","NAME":"Olga","ASSIGNED_BY_ID":"7","PHONE":"+79161234567"}],
                 "deals":[{"ID":"14","TITLE":"Pot","ASSIGNED_BY_ID":"9","CONTACT_ID":"11",
                           "STAGE_ID":"%s"}]}"""
                        .formatted(stage));
    }

    private Client found() {
        return connector.find(portal.portal, "acme", NUMBER);
    }

    private void once(Plans plan, Client client, CallRecords call) {
        bring(CALL, steps, client, CallRecords.decision(List.of(call.get()), plan.get()));
    }

    private void deliver(Plans plan, Client client, CallRecords call) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(
                        () -> {
                            try {
                                once(plan, client, call);
                                return true;
                            } catch (Fault.Retryable again) {
                                return false;
                            }
                        });
    }

    private static String id(JsonNode row) {
        return row.path("ID").asText();
    }

    private static Instant time(JsonNode row, String field) {
        return OffsetDateTime.parse(row.path(field).asText()).toInstant();
    }

    private static List<String> bindings(JsonNode activity) {
        return StreamSupport.stream(activity.path("BINDINGS").spliterator(), false)
                .map(b -> b.path("OWNER_TYPE_ID").asText() + ":" + b.path("OWNER_ID").asText())
                .toList();
    }

    private JsonNode only(String part) {
        assertThat(portal.list(part)).as(part).hasSize(1);
        return portal.list(part).get(0);
    }
}
