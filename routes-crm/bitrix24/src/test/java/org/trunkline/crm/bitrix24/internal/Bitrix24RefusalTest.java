package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.trunkline.model.Fault;

/** The vendor's errors, with codes and, as live portals send them, with an empty one. */
class Bitrix24RefusalTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401|expired_token|The access token provided has expired.|TOKEN_EXPIRED",
                "401|NO_AUTH_FOUND|Wrong authorization data|UNAUTHORIZED",
                "401|''|Wrong authorization data|UNAUTHORIZED",
                "401|invalid_token|Unable to get application by token|UNAUTHORIZED",
                "403|ACCESS_DENIED|REST API is available only on commercial plans|FORBIDDEN",
                "403|insufficient_scope|The request requires higher privileges|FORBIDDEN",
                "403|INVALID_CREDENTIALS|Invalid request credentials|FORBIDDEN",
                "403|WRONG_AUTH_TYPE|Current authorization type is denied for this method|FORBIDDEN",
                "404|ERROR_METHOD_NOT_FOUND|Method not found!|FORBIDDEN",
                "429|OPERATION_TIME_LIMIT|Method is blocked due to operation time limit.|METHOD_EXHAUSTED",
                "503|QUERY_LIMIT_EXCEEDED|Too many requests|TOO_MANY_REQUESTS",
                "503|''|Too many requests|TOO_MANY_REQUESTS",
                "503|OVERLOAD_LIMIT|REST API is blocked due to overload.|BLOCKED",
                "400|ERROR_BATCH_LENGTH_EXCEEDED|Max batch length exceeded|BATCH_TOO_LONG",
                "500|INTERNAL_SERVER_ERROR|Internal server error|BROKEN",
                "500|''||BROKEN",
                "400|ERROR_CORE|User is not found or is not active|NO_SUCH_USER",
                "400|''|User is not found or is not active|NO_SUCH_USER",
                "400|ERROR_CORE|Call is not found (call should be registered prior to finishing|NO_SUCH_CALL",
                "400|''|Call is not found (call should be registered prior to finishing|NO_SUCH_CALL",
                "400|ERROR_CORE|Call is not found in the statistic table. Looks like it is not finished yet.|NOT_FINISHED_YET",
                "400|''|Unexpected database error|BROKEN",
                "400|ERROR_CORE|Unsupported phone number format|DATA",
                "400|INVALID_ARGUMENT|CALL_ID must be a string|DATA",
                "405|ERROR_BATCH_METHOD_NOT_ALLOWED|Method is not allowed for batch usage|DATA",
            })
    void isKnownByCodeElseByDescription(
            int status, String code, String description, Bitrix24Refusal.Kind kind) {
        String said = description == null ? "" : description;
        assertThat(new Bitrix24Refusal("m", status, code, said).kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "QUERY_LIMIT_EXCEEDED, Retryable",
        "INTERNAL_SERVER_ERROR, Retryable",
        "expired_token, Retryable",
        "OVERLOAD_LIMIT, Retryable",
        "insufficient_scope, Auth",
        "NO_AUTH_FOUND, Auth",
        "INVALID_ARGUMENT, Data",
    })
    void becomesTheFaultThatHelps(String code, String fault) {
        assertThat(new Bitrix24Refusal("m", 400, code, "").fault().getClass().getSimpleName())
                .isEqualTo(fault);
    }

    @ParameterizedTest
    @CsvSource({
        "insufficient_scope, scopes telephony",
        "ACCESS_DENIED, renew the plan",
        "NO_AUTH_FOUND, install it in the portal again",
        "WRONG_AUTH_TYPE, local application",
    })
    void namesTheCure(String code, String cure) {
        Fault fault =
                new Bitrix24Refusal("telephony.externalCall.register", 403, code, "x").fault();

        assertThat(fault.cure()).contains(cure);
        assertThat(fault).hasMessageContaining("telephony.externalCall.register");
    }
}
