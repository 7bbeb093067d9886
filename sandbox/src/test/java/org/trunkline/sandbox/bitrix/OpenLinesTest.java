package org.trunkline.sandbox.bitrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.sandbox.http.Reply;

/** imopenlines, against the vendor's pages of its methods. */
class OpenLinesTest {
    private final TestPortal portal = new TestPortal();

    @BeforeEach
    void aClientWithTwoChats() {
        portal.put(
                """
                {"scope":"crm,telephony,user,im,imopenlines",
                 "contacts":[{"ID":"5","NAME":"Client"},{"ID":"6","NAME":"Silent"}],
                 "chats":[
                  {"ID":"40","CONNECTOR_ID":"telegram","CONNECTOR_TITLE":"Telegram","LINE_ID":"1",
                   "ACTIVE":"N","users":["7"],"crm":[{"ENTITY_TYPE":"CONTACT","ENTITY_ID":"5"}]},
                  {"ID":"41","CONNECTOR_ID":"livechat","CONNECTOR_TITLE":"Chat","LINE_ID":"1",
                   "ACTIVE":"Y","users":["7"],"crm":[{"ENTITY_TYPE":"CONTACT","ENTITY_ID":"5"}]},
                  {"ID":"42","CONNECTOR_ID":"livechat","CONNECTOR_TITLE":"Chat","LINE_ID":"1",
                   "ACTIVE":"Y","users":["1"],"crm":[]}]}
                """);
    }

    private JsonNode message(String contact, String chat, String user, String text) {
        return portal.call(
                "imopenlines.crm.message.add",
                "{\"CRM_ENTITY_TYPE\":\"contact\",\"CRM_ENTITY\":%s,\"CHAT_ID\":%s,\"USER_ID\":%s,\"MESSAGE\":\"%s\"}"
                        .formatted(contact, chat, user, text));
    }

    @Test
    void withoutItsScopeNothingIsOpen() {
        portal.put("{\"scope\":\"crm,telephony,user,im\"}");
        Reply reply = portal.reply("imopenlines.config.list.get", "{}");
        assertThat(reply.status()).isEqualTo(403);
        assertThat(TestPortal.json(reply).path("error").asText()).isEqualTo("insufficient_scope");
    }

    @Test
    void linesAreListedWithTheirQueueOnlyWhenItIsAskedFor() {
        JsonNode bare = portal.result("imopenlines.config.list.get", "{}");
        assertThat(bare).hasSize(1);
        assertThat(bare.path(0).has("QUEUE")).isFalse();

        JsonNode line =
                portal.result(
                                "imopenlines.config.list.get",
                                "{\"PARAMS\":{\"select\":[\"ID\",\"LINE_NAME\"]},\"OPTIONS\":{\"QUEUE\":\"Y\"}}")
                        .path(0);
        assertThat(line.has("ACTIVE")).isFalse();
        assertThat(line.path("QUEUE").toString()).isEqualTo("[7,8]");
        assertThat(line.path("QUEUE_USERS_FIELDS").path("8").path("USER_NAME").asText())
                .isEqualTo("Olga Sidorova");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"PARAMS\":{\"page\":1}} | Unsupported PARAMS fields are passed: page",
                "{\"PARAMS\":{\"select\":\"ID\"}} | A wrong format for the PARAMS field 'select' is passed",
                "{\"PARAMS\":{\"limit\":-1}} | A non-negative integer is expected in the PARAMS field 'limit'",
                "{\"PARAMS\":{\"filter\":{\"HUE\":1}}} | An unknown field 'HUE' is passed in the PARAMS field 'filter'",
                "{\"PARAMS\":{\"order\":{\"ID\":\"up\"}}} | A wrong sorting direction is passed in the PARAMS field 'order'",
                "{\"OPTIONS\":{\"ALL\":\"Y\"}} | Unsupported OPTIONS fields are passed: ALL",
            })
    void aListAskedForInTheWrongWayIsRefused(String params, String message) {
        assertThat(portal.error("imopenlines.config.list.get", params)).isEqualTo(message);
    }

    @Test
    void aClientsChatsAreFound_theActiveOnesUnlessAllAreAskedFor() {
        String contact = "{\"CRM_ENTITY_TYPE\":\"contact\",\"CRM_ENTITY\":5";
        JsonNode active = portal.result("imopenlines.crm.chat.get", contact + "}");
        assertThat(active.findValuesAsText("CHAT_ID")).containsExactly("41");
        JsonNode all =
                portal.result("imopenlines.crm.chat.get", contact + ",\"ACTIVE_ONLY\":\"N\"}");
        assertThat(all.findValuesAsText("CHAT_ID")).containsExactly("40", "41");
        assertThat(portal.result("imopenlines.crm.chat.getLastId", contact + "}").asInt())
                .isEqualTo(41);
        assertThat(
                        portal.result(
                                "imopenlines.crm.chat.get",
                                "{\"CRM_ENTITY_TYPE\":\"contact\",\"CRM_ENTITY\":99}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "get | {} | ERROR_ARGUMENT | Argument 'CRM_ENTITY_TYPE' is null or empty",
                "get | {\"CRM_ENTITY_TYPE\":\"deal\"} | ERROR_ARGUMENT | Argument 'CRM_ENTITY' is null or empty",
                "get | {\"CRM_ENTITY_TYPE\":\"deal\",\"CRM_ENTITY\":\"x\"} | ERROR_ARGUMENT | The value of an argument 'CRM_ENTITY' has an invalid type",
                "getLastId | {} | CRM_CHAT_EMPTY_CRM_DATA | Empty CRM data",
                "getLastId | {\"CRM_ENTITY_TYPE\":\"contact\",\"CRM_ENTITY\":6} | CRM_CHAT_EMPTY_CRM_DATA | Could not find CRM entity",
                "user.add | {\"CRM_ENTITY_TYPE\":\"contact\",\"CRM_ENTITY\":5} | ERROR_ARGUMENT | Argument 'Empty USER_ID' is null or empty",
                "user.add | {\"CRM_ENTITY_TYPE\":\"contact\",\"CRM_ENTITY\":5,\"USER_ID\":7} | WRONG_REQUEST | You don't have access or user already member in chat",
                "user.add | {\"CRM_ENTITY_TYPE\":\"contact\",\"CRM_ENTITY\":5,\"USER_ID\":11} | CRM_CHAT_USER_NOT_ACTIVE | User not active",
                "user.add | {\"CRM_ENTITY_TYPE\":\"contact\",\"CRM_ENTITY\":5,\"USER_ID\":8,\"CHAT_ID\":42} | CHAT_NOT_IN_CRM | Chat does not belong to the CRM entity being checked",
                "user.add | {\"CRM_ENTITY_TYPE\":\"contact\",\"CRM_ENTITY\":99,\"USER_ID\":8} | ACCESS_DENIED | Access denied! You don't have access to join user to chat",
                "user.delete | {\"CRM_ENTITY_TYPE\":\"contact\",\"CRM_ENTITY\":5} | CRM_CHAT_EMPTY_USER | Empty User ID",
                "user.delete | {\"CRM_ENTITY_TYPE\":\"contact\",\"CRM_ENTITY\":5,\"USER_ID\":8} | WRONG_REQUEST | You don't have access or user already not in chat",
            })
    void eachMethodRefusesInItsOwnWords(String method, String params, String code, String words) {
        JsonNode reply = portal.call("imopenlines.crm.chat." + method, params);
        assertThat(reply.path("error").asText()).isEqualTo(code);
        assertThat(reply.path("error_description").asText()).isEqualTo(words);
    }

    @Test
    void usersJoinAndLeave_andWhereThereIsNoChatTheAnswerIsZero() {
        String who = "{\"CRM_ENTITY_TYPE\":\"contact\",\"CRM_ENTITY\":5,\"USER_ID\":8}";
        assertThat(portal.result("imopenlines.crm.chat.user.add", who).asInt()).isEqualTo(41);
        assertThat(portal.state().path("chats").path(1).path("users").toString())
                .isEqualTo("[\"7\",\"8\"]");
        assertThat(portal.result("imopenlines.crm.chat.user.delete", who).asInt()).isEqualTo(41);
        assertThat(portal.state().path("chats").path(1).path("users").toString())
                .isEqualTo("[\"7\"]");
        String silent = "{\"CRM_ENTITY_TYPE\":\"contact\",\"CRM_ENTITY\":6,\"USER_ID\":8}";
        assertThat(portal.result("imopenlines.crm.chat.user.add", silent).asInt()).isZero();
    }

    @Test
    void aMessageIsWrittenByAMemberIntoAChatOfTheClient() {
        int id = message("5", "41", "7", "A call was missed").path("result").asInt();
        JsonNode written = portal.state().path("chatMessages");
        assertThat(written).hasSize(1);
        assertThat(written.path(0).path("ID").asInt()).isEqualTo(id);
        assertThat(written.path(0).path("CHAT_ID").asText()).isEqualTo("41");
        assertThat(message("5", "41", "7", "").path("error_description").asText())
                .isEqualTo("Argument 'MESSAGE' is null or empty");
        assertThat(message("5", "42", "7", "x").path("error").asText())
                .isEqualTo("CHAT_NOT_IN_CRM");
        assertThat(message("5", "41", "8", "x").path("error").asText())
                .as("who is not in the chat")
                .isEqualTo("MESSAGE_ADD_ERROR");
        assertThat(message("99", "41", "7", "x").path("error").asText()).isEqualTo("ACCESS_DENIED");
        assertThat(portal.state().path("chatMessages")).hasSize(1);
    }

    @Test
    void theApplicationsOwnUserSeesAndWritesOnlyWhereItIsAMember() {
        JsonNode dialog = portal.result("imopenlines.dialog.get", "{\"DIALOG_ID\":\"chat42\"}");
        assertThat(dialog.path("dialog_id").asText()).isEqualTo("chat42");
        assertThat(dialog.path("entity_data_2").asText())
                .isEqualTo("LEAD|0|COMPANY|0|CONTACT|0|DEAL|0");
        assertThat(portal.error("imopenlines.dialog.get", "{\"CHAT_ID\":41}"))
                .isEqualTo("You do not have access to the specified dialog");

        portal.result("im.message.add", "{\"DIALOG_ID\":\"chat42\",\"MESSAGE\":\"hello\"}");
        assertThat(portal.state().path("chatMessages").path(0).path("USER_ID").asText())
                .isEqualTo("1");
        assertThat(
                        portal.error(
                                "im.message.add",
                                "{\"DIALOG_ID\":\"chat41\",\"MESSAGE\":\"hello\"}"))
                .isEqualTo("Action unavailable");
        assertThat(portal.state().path("notifications")).isEmpty();
    }
}
