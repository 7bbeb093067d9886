package org.trunkline.sandbox.bitrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.sandbox.http.Reply;

/** disk, against the vendor's pages of its methods. The application acts as user 1. */
class DiskTest {
    private static final String HELLO = "\"fileContent\":[\"a.wav\",\"SGVsbG8=\"]";
    private final TestPortal portal = new TestPortal();
    private String storage;
    private String root;

    @BeforeEach
    void commonStorage() {
        portal.put("{\"scope\":\"crm,telephony,user,disk\"}");
        JsonNode common =
                portal.result("disk.storage.getList", "{\"filter\":{\"ENTITY_TYPE\":\"common\"}}")
                        .path(0);
        storage = common.path("ID").asText();
        root = common.path("ROOT_OBJECT_ID").asText();
    }

    private JsonNode upload(String more) {
        return portal.call(
                "disk.folder.uploadFile",
                "{\"id\":" + root + ",\"data\":{\"NAME\":\"a.wav\"}," + HELLO + more + "}");
    }

    private Reply send(String url, String field, String filename) {
        String body =
                "--X\r\nContent-Disposition: form-data; name=\""
                        + field
                        + "\"; filename=\""
                        + filename
                        + "\"\r\nContent-Type: audio/wav\r\n\r\nRIFF\r\n-ab\r\n--X--\r\n";
        return portal.handle(
                "POST",
                "rest/upload.json",
                url.substring(url.indexOf('?') + 1),
                "multipart/form-data; boundary=X",
                body);
    }

    @Test
    void withoutItsScopeNothingIsOpen() {
        portal.put("{\"scope\":\"crm,telephony,user\"}");
        assertThat(portal.reply("disk.storage.getList", "{}").status()).isEqualTo(403);
    }

    @Test
    void storagesOfOthersAreNeitherListedNorOpen() {
        JsonNode listed = portal.result("disk.storage.getList", "{}");
        assertThat(listed.findValuesAsText("ENTITY_ID")).containsExactly("shared_files_s1", "1");
        for (JsonNode each : portal.state().path("storages")) {
            if (each.path("ENTITY_ID").asText().equals("7")) {
                String id = "{\"id\":" + each.path("ID").asText() + "}";
                assertThat(portal.error("disk.storage.get", id)).isEqualTo("Access denied");
                return;
            }
        }
        throw new AssertionError("No storage of user 7");
    }

    @Test
    void aFileGoesIntoAFolderAndIsListedThere() {
        JsonNode folder =
                portal.result(
                        "disk.storage.addFolder",
                        "{\"id\":" + storage + ",\"data\":{\"NAME\":\"Calls\"}}");
        JsonNode file =
                portal.result(
                        "disk.folder.uploadFile",
                        "{\"id\":"
                                + folder.path("ID").asText()
                                + ",\"data\":{\"NAME\":\"a.wav\"},"
                                + HELLO
                                + "}");
        assertThat(file.path("ID").isNumber()).isTrue();
        assertThat(file.path("SIZE").asText()).isEqualTo("5");
        assertThat(file.path("PARENT_ID").asText()).isEqualTo(folder.path("ID").asText());
        JsonNode listed =
                portal.result(
                        "disk.folder.getChildren", "{\"id\":" + folder.path("ID").asText() + "}");
        assertThat(listed).hasSize(1);
        assertThat(listed.path(0).path("ID").isTextual()).isTrue();
        String url = listed.path(0).path("DOWNLOAD_URL").asText();
        Reply content =
                portal.handle(
                        "GET", "rest/download.json", url.substring(url.indexOf('?') + 1), "", "");
        assertThat(new String(content.body(), StandardCharsets.UTF_8)).isEqualTo("Hello");
        assertThat(portal.handle("GET", "rest/download.json", "auth=no", "", "").status())
                .isEqualTo(401);
    }

    @Test
    void aNameIsTakenOnceUnlessANewOneMayBeMade() {
        upload("");
        assertThat(upload("").path("error").asText()).isEqualTo("DISK_OBJ_22000");
        assertThat(upload(",\"generateUniqueName\":true").path("result").path("NAME").asText())
                .isEqualTo("a (1).wav");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "folder | {} | ERROR_ARGUMENT | Invalid value of parameter {Parameter #0}",
                "folder | {\"id\":999} | ERROR_NOT_FOUND | Could not find entity with id `999`",
                "folder | {\"id\":1,\"fileContent\":[\"a\",\"SGVsbG8=\"]} | DISK_BASE_SERVICE_22001 | Error: required parameter NAME (DISK_BASE_SERVICE_22001)",
                "folder | {\"id\":1,\"data\":{\"NAME\":\"a\"},\"fileContent\":[\"a\",\"?\"]} | ERROR_COULD_NOT_SAVE_FILE | Could not save file",
                "folder | {\"id\":1,\"data\":{\"NAME\":\"a\"},\"fileContent\":\"SGVsbG8=\"} | ERROR_COULD_NOT_SAVE_FILE | Could not save file",
                "storage | {\"id\":1,\"data\":{\"NAME\":\"a\"}} | ERROR_ARGUMENT | Invalid value of parameter {Parameter #0}",
            })
    void whatIsWrongIsRefusedInTheVendorsWords(
            String where, String params, String code, String words) {
        JsonNode reply = portal.call("disk." + where + ".uploadFile", params);
        assertThat(reply.path("error").asText()).isEqualTo(code);
        assertThat(reply.path("error_description").asText()).isEqualTo(words);
    }

    @Test
    void withoutContentTheFolderGivesAnAddressThatTakesTheFile() {
        JsonNode given = portal.result("disk.folder.uploadFile", "{\"id\":" + root + "}");
        assertThat(given.path("field").asText()).isEqualTo("file");
        String url = given.path("uploadUrl").asText();
        assertThat(url).startsWith(TestPortal.ADDRESS + "/rest/upload.json?auth=");
        JsonNode file = TestPortal.json(send(url, "file", "call.wav")).path("result");
        assertThat(file.path("NAME").asText()).isEqualTo("call.wav");
        assertThat(file.path("SIZE").asText()).isEqualTo("9");
        assertThat(TestPortal.json(send(url, "file", "call.wav")).path("error").asText())
                .as("a repeat, as after a lost reply")
                .isEqualTo("DISK_OBJ_22000");
        JsonNode ledger = portal.state().path("ledger");
        assertThat(ledger.path(ledger.size() - 1).path("method").asText()).isEqualTo("upload");
    }

    @Test
    void theAddressIsGoodWithItsFieldItsTokenAndALiveAccessTokenOnly() {
        String url =
                portal.result("disk.folder.uploadFile", "{\"id\":" + root + "}")
                        .path("uploadUrl")
                        .asText();
        assertThat(send(url, "data", "call.wav").status()).isEqualTo(400);
        assertThat(send(url + "0", "file", "call.wav").status()).isEqualTo(401);
        portal.fault("{\"kind\":\"expireToken\"}");
        assertThat(TestPortal.json(send(url, "file", "call.wav")).path("error").asText())
                .isEqualTo("expired_token");
        assertThat(portal.state().path("files").findValuesAsText("TYPE")).doesNotContain("file");
    }

    @Test
    void uploadsAreNotForBatches() {
        JsonNode result =
                portal.result(
                        "batch", "{\"cmd\":{\"up\":\"disk.folder.uploadFile?id=" + root + "\"}}");
        assertThat(result.path("result_error").path("up").path("error").asText())
                .isEqualTo("ERROR_BATCH_METHOD_NOT_ALLOWED");
    }

    @Test
    void theApplicationsStorageIsMadeOnceAndIsNotForWebhooks() {
        String id = portal.result("disk.storage.getForApp", "{}").path("ID").asText();
        assertThat(portal.result("disk.storage.getForApp", "{}").path("ID").asText()).isEqualTo(id);
        assertThat(TestPortal.json(portal.webhook("disk.storage.getForApp", "{}")).path("error"))
                .hasToString("\"ACCESS_DENIED\"");
    }

    /** attachRecord takes a file's content or an address, never a file of the disk. */
    @Test
    void aRecordingIsNotAttachedByAFileOfTheDisk() {
        String call = portal.register("+79161234567", "");
        portal.finish(call, "7", 3);
        String file = upload("").path("result").path("ID").asText();
        assertThat(
                        portal.error(
                                "telephony.externalCall.attachRecord",
                                "{\"CALL_ID\":\"" + call + "\",\"FILE_ID\":" + file + "}"))
                .startsWith("Required parameters are not set.");
    }
}
