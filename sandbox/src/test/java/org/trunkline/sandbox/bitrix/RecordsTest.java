package org.trunkline.sandbox.bitrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.sandbox.http.Reply;

/** Recordings and transcripts. */
class RecordsTest {
    private final TestPortal portal = new TestPortal();
    private String call;

    @BeforeEach
    void finishedCall() {
        call = portal.register("+79161234567", ",\"CRM_CREATE\":1");
        portal.finish(call, "7", 3);
    }

    private String params(String more) {
        return "{\"CALL_ID\":\"" + call + "\"" + more + "}";
    }

    @Test
    void onlyAfterFinish() {
        String open = portal.register("+79161234568", "");
        assertThat(
                        portal.error(
                                "telephony.externalCall.attachRecord",
                                "{\"CALL_ID\":\"" + open + "\",\"FILENAME\":\"a.wav\"}"))
                .isEqualTo(
                        "Call is not found in the statistic table. Looks like it is not finished yet.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "| Required parameters are not set. Request should contain or URL or FILENAME parameter",
                ",\"FILENAME\":\"\" | File name is empty",
                ",\"FILENAME\":\"a.ogg\" | Wrong file extension. Only wav and mp3 are allowed",
                ",\"FILENAME\":\"a.mp3\",\"FILE_CONTENT\":\"\" | File content is empty.",
                ",\"RECORD_URL\":\"http://192.0.2.1/a.mp3\" | Server returns HTTP error code 403",
            })
    void refusesWithTheVendorsWords(String more, String message) {
        String given = more == null ? "" : more;
        assertThat(portal.error("telephony.externalCall.attachRecord", params(given)))
                .isEqualTo(message);
    }

    @Test
    void contentIsAttachedToCallAndActivity() {
        JsonNode result =
                portal.result(
                        "telephony.externalCall.attachRecord",
                        params(",\"FILENAME\":\"a.mp3\",\"FILE_CONTENT\":\"SGVsbG8=\""));
        JsonNode state = portal.state();
        assertThat(state.path("calls").path(0).path("RECORD_FILE_ID").asInt())
                .isEqualTo(result.path("FILE_ID").asInt());
        assertThat(state.path("records").path(0).path("SIZE").asInt()).isEqualTo(5);
        assertThat(state.path("activities").path(0).path("FILES")).hasSize(1);
    }

    @Test
    void aRepeatReplacesTheRecord() {
        String params = params(",\"FILENAME\":\"a.mp3\",\"FILE_CONTENT\":\"SGVsbG8=\"");
        portal.result("telephony.externalCall.attachRecord", params);
        portal.result("telephony.externalCall.attachRecord", params);
        assertThat(portal.state().path("records")).hasSize(1);
    }

    @Test
    void aFilenameAloneGivesAnUploadUrlThatTakesTheFile() {
        JsonNode result =
                portal.result(
                        "telephony.externalCall.attachRecord", params(",\"FILENAME\":\"a.wav\""));
        assertThat(result.path("fieldName").asText()).isEqualTo("file");
        Reply reply = upload(result.path("uploadUrl").asText(), "file");
        assertThat(TestPortal.json(reply).path("result").path("FILE_ID").asInt()).isPositive();
        JsonNode record = portal.state().path("records").path(0);
        assertThat(record.path("via").asText()).isEqualTo("upload");
        assertThat(record.path("SIZE").asInt()).isEqualTo(9);
    }

    @Test
    void anUploadWithAnExpiredTokenOrTheWrongFieldIsRefused() {
        String url =
                portal.result(
                                "telephony.externalCall.attachRecord",
                                params(",\"FILENAME\":\"a.wav\""))
                        .path("uploadUrl")
                        .asText();
        assertThat(upload(url, "data").status()).isEqualTo(400);
        portal.fault("{\"kind\":\"expireToken\"}");
        assertThat(TestPortal.json(upload(url, "file")).path("error").asText())
                .isEqualTo("expired_token");
        assertThat(portal.state().path("records")).isEmpty();
    }

    @Test
    void transcriptsNeedAFinishedCall() {
        String messages =
                ",\"MESSAGES\":[{\"SIDE\":\"User\",\"START_TIME\":1,\"STOP_TIME\":2,\"MESSAGE\":\"hi\"}]";
        assertThat(
                        portal.result("telephony.call.attachTranscription", params(messages))
                                .path("TRANSCRIPT_ID")
                                .asInt())
                .isPositive();
        assertThat(portal.state().path("transcripts").path(0).path("MESSAGES")).hasSize(1);
        assertThat(
                        portal.error(
                                "telephony.call.attachTranscription",
                                "{\"CALL_ID\":\"none\"" + messages + "}"))
                .startsWith("Call is not found in the statistic table.");
    }

    private Reply upload(String url, String field) {
        String body =
                "--X\r\nContent-Disposition: form-data; name=\""
                        + field
                        + "\"; filename=\"a.wav\"\r\nContent-Type: audio/wav\r\n\r\nRIFF\r\n-ab\r\n--X--\r\n";
        return portal.handle(
                "POST",
                "upload",
                url.substring(url.indexOf('?') + 1),
                "multipart/form-data; boundary=X",
                body);
    }
}
