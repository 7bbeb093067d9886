package org.trunkline.sandbox.bitrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.sandbox.http.Reply;

/** placement.*, against the vendor's pages of its methods. */
class PlacementsTest {
    private static final String CARD =
            "{\"PLACEMENT\":\"CALL_CARD\",\"HANDLER\":\"https://hub.example/card\",\"TITLE\":\"Hub\"}";
    private final TestPortal portal = new TestPortal();

    @Test
    void aHandlerIsBoundListedAndUnbound() {
        assertThat(portal.result("placement.bind", CARD).asBoolean()).isTrue();
        JsonNode bound = portal.result("placement.get", "{}");
        assertThat(bound).hasSize(1);
        assertThat(bound.path(0).path("placement").asText()).isEqualTo("CALL_CARD");
        assertThat(bound.path(0).path("options").isArray()).as("an empty map of PHP").isTrue();
        assertThat(portal.result("placement.list", "{}").toString()).contains("\"CALL_CARD\"");
        assertThat(portal.result("placement.unbind", CARD).path("count").asInt())
                .as("one when it is found and one when it is removed")
                .isEqualTo(2);
        assertThat(portal.result("placement.get", "{}")).isEmpty();
        assertThat(portal.result("placement.unbind", CARD).path("count").asInt()).isZero();
    }

    @Test
    void theSameHandlerTwiceIsAnError() {
        portal.result("placement.bind", CARD);
        assertThat(portal.error("placement.bind", CARD)).contains("already binded");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | ERROR_ARGUMENT",
                "{\"PLACEMENT\":\"CALL_CARD\"} | ERROR_ARGUMENT",
                "{\"PLACEMENT\":\"CALL_CARD\",\"HANDLER\":\"https://a/\",\"USER_ID\":7} | ERROR_PLACEMENT_USER_MODE",
                "{\"PLACEMENT\":\"PAGE_BACKGROUND_WORKER\",\"HANDLER\":\"https://a/\"} | EMPTY_ERROR_HANDLER_URL",
            })
    void someMistakesAreErrorsUnderTheStatusOfSuccess(String params, String code) {
        Reply reply = portal.reply("placement.bind", params);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(TestPortal.json(reply).path("error").asText()).isEqualTo(code);
    }

    @Test
    void webhooksHaveNoPlacements() {
        assertThat(TestPortal.json(portal.webhook("placement.bind", CARD)).path("error").asText())
                .isEqualTo("WRONG_AUTH_TYPE");
    }
}
