package org.trunkline.sandbox.bitrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** register and its dedupe, against bitrix24.md section 3. */
class RegisterTest {
    private static final String CLIENT = "+79161234567";
    private final TestPortal portal = new TestPortal();

    @Test
    void answersInTheShapeOfTheDocument() {
        JsonNode result =
                portal.result(
                        "telephony.externalCall.register",
                        "{\"USER_ID\":7,\"PHONE_NUMBER\":\"+79161234567\",\"TYPE\":2}");
        assertThat(result.path("CALL_ID").asText())
                .matches("externalCall\\.[0-9a-f]{32}\\.1772442000");
        assertThat(result.path("CRM_CREATED_LEAD").isNull()).isTrue();
        assertThat(result.path("CRM_CREATED_ENTITIES").isArray()).isTrue();
        assertThat(result.path("CRM_ENTITY_TYPE").asText()).isEmpty();
        assertThat(result.path("CRM_ENTITY_ID").isNull()).isTrue();
    }

    @Test
    void theSameCallWithin30MinutesIsTheSameCall() {
        String first = portal.register(CLIENT, ",\"EXTERNAL_CALL_ID\":\"a\"");
        portal.clock().advance(Duration.ofMinutes(29));
        assertThat(portal.register("8 916 123-45-67", ",\"EXTERNAL_CALL_ID\":\"a\""))
                .isEqualTo(first);
    }

    @Test
    void after30MinutesItIsAnother() {
        String first = portal.register(CLIENT, ",\"EXTERNAL_CALL_ID\":\"a\"");
        portal.clock().advance(Duration.ofMinutes(30));
        assertThat(portal.register(CLIENT, ",\"EXTERNAL_CALL_ID\":\"a\"")).isNotEqualTo(first);
    }

    @Test
    void afterFinishItIsAnother() {
        String first = portal.register(CLIENT, "");
        portal.finish(first, "7", 1);
        assertThat(portal.register(CLIENT, "")).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"USER_ID\":8,\"PHONE_NUMBER\":\"+79161234567\",\"TYPE\":2",
                "\"USER_ID\":7,\"PHONE_NUMBER\":\"+79161234568\",\"TYPE\":2",
                "\"USER_ID\":7,\"PHONE_NUMBER\":\"+79161234567\",\"TYPE\":3",
                "\"USER_ID\":7,\"PHONE_NUMBER\":\"+79161234567\",\"TYPE\":2,\"LINE_NUMBER\":\"1\"",
                "\"USER_ID\":7,\"PHONE_NUMBER\":\"+79161234567\",\"TYPE\":2,\"EXTERNAL_CALL_ID\":\"b\"",
            })
    void eachPartOfTheKeyMakesAnotherCall(String params) {
        String first = portal.register(CLIENT, "");
        JsonNode second = portal.result("telephony.externalCall.register", "{" + params + "}");
        assertThat(second.path("CALL_ID").asText()).isNotEqualTo(first);
    }

    @Test
    void startDateAndCreationAreNotInTheKey() {
        String first = portal.register(CLIENT, "");
        String again =
                portal.register(
                        CLIENT,
                        ",\"CRM_CREATE\":1,\"CALL_START_DATE\":\"2026-03-01T10:00:00+03:00\"");
        assertThat(again).isEqualTo(first);
        assertThat(portal.state().path("contacts")).isEmpty();
    }

    @Test
    void aRepeatedRegisterHonoursShowAgain() {
        portal.register(CLIENT, ",\"SHOW\":0");
        assertThat(portal.state().path("cards")).isEmpty();
        portal.register(CLIENT, "");
        assertThat(portal.state().path("cards")).hasSize(1);
    }

    @Test
    void showIsOnByDefault() {
        portal.register(CLIENT, "");
        JsonNode card = portal.state().path("cards").path(0);
        assertThat(card.path("user").asText()).isEqualTo("7");
        assertThat(card.path("action").asText()).isEqualTo("show");
        assertThat(card.path("phone").asText()).isEqualTo(CLIENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"PHONE_NUMBER\":\"+79161234567\",\"TYPE\":2 | USER_ID or USER_PHONE_INNER should be set",
                "\"USER_ID\":99,\"PHONE_NUMBER\":\"+79161234567\",\"TYPE\":2 | User is not found or is not active",
                "\"USER_ID\":11,\"PHONE_NUMBER\":\"+79161234567\",\"TYPE\":2 | User is not found or is not active",
                "\"USER_PHONE_INNER\":\"209\",\"PHONE_NUMBER\":\"+79161234567\",\"TYPE\":2 | User is not found or is not active",
                "\"USER_ID\":7,\"PHONE_NUMBER\":\"+79161234567\",\"TYPE\":6 | Unknown TYPE",
                "\"USER_ID\":7,\"PHONE_NUMBER\":\"anonymous\",\"TYPE\":2 | Unsupported phone number format",
                "\"USER_ID\":7,\"PHONE_NUMBER\":\"+79161234567\",\"TYPE\":2,\"CALL_START_DATE\":\"yesterday\""
                        + " | CALL_START_DATE should be in the ISO-8601 format",
            })
    void refusesWithTheVendorsWords(String params, String message) {
        assertThat(portal.error("telephony.externalCall.register", "{" + params + "}"))
                .isEqualTo(message);
    }

    @Test
    void findsTheUserByExtension() {
        portal.result(
                "telephony.externalcall.register.json",
                "{\"USER_PHONE_INNER\":\"202\",\"PHONE_NUMBER\":\"+79161234567\",\"TYPE\":2}");
        assertThat(portal.state().path("calls").path(0).path("PORTAL_USER_ID").asText())
                .isEqualTo("8");
    }

    @Test
    void telephonyErrorsHaveAnEmptyCodeOnPortalsAndErrorCoreInTheDocuments() {
        assertThat(portal.call("telephony.externalCall.register", "{}").path("error").asText())
                .isEmpty();
        portal.put("{\"errorStyle\":\"docs\"}");
        assertThat(portal.call("telephony.externalCall.register", "{}").path("error").asText())
                .isEqualTo("ERROR_CORE");
    }
}
