package org.trunkline.sandbox.bitrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** Entities, activities, directory, users: bitrix24.md section 4. */
class CrmTest {
    private final TestPortal portal = new TestPortal();

    @Test
    void itemsAreCamelCaseAndClassicMethodsUpperCase() {
        JsonNode item =
                portal.result(
                                "crm.item.add",
                                "{\"entityTypeId\":1,\"fields\":{\"title\":\"L\",\"assignedById\":8,"
                                        + "\"sourceDescription\":\"line\",\"originatorId\":\"hub\",\"originId\":\"42\","
                                        + "\"fm\":[{\"typeId\":\"PHONE\",\"valueType\":\"WORK\",\"value\":\"+79161234567\"}]}}")
                        .path("item");
        assertThat(item.path("stageId").asText()).isEqualTo("NEW");
        assertThat(item.path("assignedById").isNumber()).isTrue();
        JsonNode lead = portal.result("crm.lead.get", "{\"id\":" + item.path("id").asInt() + "}");
        assertThat(lead.path("SOURCE_DESCRIPTION").asText()).isEqualTo("line");
        assertThat(lead.path("ORIGIN_ID").asText()).isEqualTo("42");
        assertThat(lead.path("STATUS_SEMANTIC_ID").asText()).isEqualTo("P");
        assertThat(lead.path("PHONE").path(0).path("VALUE").asText()).isEqualTo("+79161234567");
    }

    @Test
    void phonesShowOnlyWithAStar() {
        portal.put("{\"contacts\":[{\"ID\":\"5\",\"NAME\":\"A\",\"PHONE\":\"+79161234567\"}]}");
        String list = "{\"entityTypeId\":3,\"filter\":{\"=id\":5}";
        assertThat(portal.result("crm.item.list", list + "}").path("items").path(0).has("fm"))
                .isFalse();
        JsonNode all = portal.result("crm.item.list", list + ",\"select\":[\"*\"]}");
        assertThat(all.path("items").path(0).path("fm").path(0).path("value").asText())
                .isEqualTo("+79161234567");
    }

    @Test
    void aStageMovesTheSemanticsAndMustExist() {
        int id = portal.result("crm.deal.add", "{\"fields\":{\"TITLE\":\"D\"}}").asInt();
        portal.result(
                "crm.item.update",
                "{\"entityTypeId\":2,\"id\":" + id + ",\"fields\":{\"stageId\":\"WON\"}}");
        JsonNode deal = portal.result("crm.deal.get", "{\"id\":" + id + "}");
        assertThat(deal.path("STAGE_SEMANTIC_ID").asText()).isEqualTo("S");
        assertThat(deal.path("CLOSED").asText()).isEqualTo("Y");
        assertThat(
                        portal.reply(
                                        "crm.item.update",
                                        "{\"entityTypeId\":2,\"id\":"
                                                + id
                                                + ",\"fields\":{\"stageId\":\"GONE\"}}")
                                .status())
                .isEqualTo(400);
        assertThat(portal.result("crm.deal.get", "{\"id\":" + id + "}").path("STAGE_ID").asText())
                .isEqualTo("WON");
    }

    @Test
    void listsComeIn50sWithTotalAndNext() {
        portal.put("{\"clock\":0,\"bucket\":{\"enabled\":false}}");
        for (int i = 0; i < 51; i++) {
            portal.result("crm.deal.add", "{\"fields\":{\"TITLE\":\"D\"}}");
        }
        JsonNode page = portal.call("crm.deal.list", "{\"order\":{\"ID\":\"DESC\"}}");
        assertThat(page.path("total").asInt()).isEqualTo(51);
        assertThat(page.path("next").asInt()).isEqualTo(50);
        assertThat(page.path("result").path(0).path("ID").asText()).isEqualTo("51");
        JsonNode rest = portal.call("crm.deal.list", "{\"order\":{\"ID\":\"DESC\"},\"start\":50}");
        assertThat(rest.path("result")).hasSize(1);
        assertThat(rest.has("next")).isFalse();
        JsonNode uncounted = portal.call("crm.deal.list", "{\"start\":-1,\"filter\":{\">ID\":49}}");
        assertThat(uncounted.has("total")).isFalse();
        assertThat(uncounted.path("result")).hasSize(2);
    }

    @Test
    void duplicatesAreFoundNormalisedAndNothingIsAnEmptyList() {
        portal.put(
                "{\"contacts\":[{\"ID\":\"5\",\"NAME\":\"A\",\"PHONE\":\"8 916 123 45 67\"}],"
                        + "\"leads\":[{\"ID\":\"6\",\"TITLE\":\"L\",\"PHONE\":\"+7 916 123-45-67\"}]}");
        JsonNode found =
                portal.result(
                        "crm.duplicate.findbycomm",
                        "{\"type\":\"PHONE\",\"values\":[\"+79161234567\"]}");
        assertThat(found.path("CONTACT").path(0).asInt()).isEqualTo(5);
        assertThat(found.path("LEAD").path(0).asInt()).isEqualTo(6);
        assertThat(found.has("COMPANY")).isFalse();
        JsonNode none =
                portal.result(
                        "crm.duplicate.findbycomm",
                        "{\"type\":\"PHONE\",\"values\":[\"+79160000000\"]}");
        assertThat(none.isArray()).isTrue();
    }

    @Test
    void searchGivesNameAndResponsibleInOneRequest() {
        portal.put(
                "{\"contacts\":[{\"ID\":\"5\",\"NAME\":\"Anna\",\"LAST_NAME\":\"K\",\"PHONE\":\"+79161234567\",\"ASSIGNED_BY_ID\":\"8\"}]}");
        JsonNode row =
                portal.result(
                                "telephony.externalCall.searchCrmEntities",
                                "{\"PHONE_NUMBER\":\"89161234567\"}")
                        .path(0);
        assertThat(row.path("NAME").asText()).isEqualTo("Anna K");
        assertThat(row.path("ASSIGNED_BY").path("USER_PHONE_INNER").asText()).isEqualTo("202");
        assertThat(row.path("ASSIGNED_BY").path("TIMEMAN_STATUS").asText()).isEqualTo("OPENED");
        assertThat(portal.error("telephony.externalCall.searchCrmEntities", "{}"))
                .isEqualTo("PHONE_NUMBER is empty");
    }

    @Test
    void activitiesAreCorrectedAndBound() {
        portal.finish(portal.register("+79161234567", ",\"CRM_CREATE\":1"), "7", 0);
        int deal = portal.result("crm.deal.add", "{\"fields\":{\"TITLE\":\"D\"}}").asInt();
        portal.result(
                "crm.activity.update",
                "{\"id\":1,\"fields\":{\"COMPLETED\":\"Y\",\"RESPONSIBLE_ID\":8}}");
        String binding = "{\"activityId\":1,\"entityTypeId\":2,\"entityId\":" + deal + "}";
        assertThat(portal.result("crm.activity.binding.add", binding).asBoolean()).isTrue();
        assertThat(portal.reply("crm.activity.binding.add", binding).status()).isEqualTo(400);
        JsonNode activity = portal.result("crm.activity.get", "{\"id\":1}");
        assertThat(activity.path("RESPONSIBLE_ID").asText()).isEqualTo("8");
        assertThat(activity.path("BINDINGS")).hasSize(3);
        JsonNode listed = portal.result("crm.activity.list", "{\"filter\":{\"COMPLETED\":\"Y\"}}");
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).has("COMMUNICATIONS")).isFalse();
        portal.result("crm.activity.delete", "{\"id\":1}");
        assertThat(portal.state().path("activities")).isEmpty();
    }

    @Test
    void theDirectoryFollowsModeAndFunnels() {
        assertThat(portal.result("crm.settings.mode.get", "{}").asInt()).isEqualTo(2);
        portal.put("{\"mode\":\"classic\"}");
        assertThat(portal.result("crm.settings.mode.get", "{}").asInt()).isEqualTo(1);
        JsonNode categories =
                portal.result("crm.category.list", "{\"entityTypeId\":2}").path("categories");
        assertThat(categories)
                .extracting(c -> c.path("isDefault").asText())
                .containsExactly("Y", "N");
        JsonNode stages =
                portal.result("crm.status.list", "{\"filter\":{\"ENTITY_ID\":\"DEAL_STAGE_1\"}}");
        assertThat(stages.path(0).path("STATUS_ID").asText()).isEqualTo("C1:NEW");
        assertThat(stages)
                .anyMatch(s -> s.path("EXTRA").path("SEMANTICS").asText().equals("success"));
    }

    @Test
    void usersAreFilteredByExtensionAndActivity() {
        assertThat(
                        portal.result("user.get", "{\"FILTER\":{\"UF_PHONE_INNER\":\"202\"}}")
                                .path(0)
                                .path("ID")
                                .asText())
                .isEqualTo("8");
        assertThat(portal.result("user.get", "{\"FILTER\":{\"ACTIVE\":true}}"))
                .extracting(u -> u.path("ID").asText())
                .containsExactly("1", "7", "8", "9", "10");
        assertThat(portal.result("user.current", "{}").path("ID").asText()).isEqualTo("1");
    }

    @Test
    void notificationsAreKept() {
        portal.result(
                "im.notify.personal.add", "{\"USER_ID\":7,\"MESSAGE\":\"hello\",\"TAG\":\"t\"}");
        assertThat(portal.state().path("notifications").path(0).path("MESSAGE").asText())
                .isEqualTo("hello");
        assertThat(portal.reply("im.notify.system.add", "{\"MESSAGE\":\"x\"}").status())
                .isEqualTo(400);
    }

    @Test
    void linesComplainWithTheVendorsWords() {
        String line = "{\"NUMBER\":\"74951000001\",\"NAME\":\"Office\"}";
        portal.result("telephony.externalLine.add", line);
        assertThat(portal.error("telephony.externalLine.add", line))
                .isEqualTo("Line already exists");
        assertThat(portal.error("telephony.externalLine.add", "{}"))
                .isEqualTo("NUMBER should not be empty");
        assertThat(
                        portal.error(
                                "telephony.externalLine.update",
                                "{\"NUMBER\":\"1\",\"NAME\":\"x\"}"))
                .isEqualTo("Could not find line with number 1");
        assertThat(portal.error("telephony.externalLine.update", "{\"NUMBER\":\"74951000001\"}"))
                .isEqualTo("There are no fields to update");
        assertThat(
                        portal.result("telephony.externalLine.get", "{}")
                                .path(0)
                                .path("CRM_AUTO_CREATE")
                                .asText())
                .isEqualTo("Y");
        assertThat(portal.result("telephony.externalLine.delete", "{\"NUMBER\":\"74951000001\"}"))
                .isEmpty();
    }

    @Test
    void theStateRefusesWhatItDoesNotKnow() {
        assertThat(portal.handle("PUT", "_state", "", "", "{\"mode\":\"simple\"}").status())
                .isEqualTo(200);
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> portal.handle("PUT", "_state", "", "", "{\"wrong\":1}"))
                .hasMessageContaining("/wrong");
    }
}
