package org.trunkline.crm.bitrix24.internal;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.trunkline.crm.connector.Answer;
import org.trunkline.crm.connector.Refusal;
import org.trunkline.model.Fault;

/**
 * The portal's no, by the table in docs/bitrix24.md. Live portals often leave the code empty and
 * say only the description, so both are looked at (vendor's documentation issues 175 and 223).
 *
 * @param method that was refused
 * @param status HTTP status of the whole reply
 * @param code as sent; may be empty
 */
record Bitrix24Refusal(String method, int status, String code, String description)
        implements Refusal {

    /** Refusals of this connector are all of this kind. */
    static Bitrix24Refusal of(Answer.Refused answer) {
        return (Bitrix24Refusal) answer.refusal();
    }

    @Override
    public boolean broken() {
        return kind() == Kind.BROKEN;
    }

    /** What the refusal asks us to do. */
    enum Kind {
        TOKEN_EXPIRED,
        /** The application or its tokens are dead. */
        UNAUTHORIZED,
        /** The tokens are good, but the portal does not let the application do this. */
        FORBIDDEN,
        TOO_MANY_REQUESTS,
        /** This method has used up its share of run time. */
        METHOD_EXHAUSTED,
        /** The vendor blocked the portal by hand. */
        BLOCKED,
        BATCH_TOO_LONG,
        NO_SUCH_USER,
        NO_SUCH_CALL,
        /** A recording came before the call was finished. */
        NOT_FINISHED_YET,
        /** It may have been done all the same. */
        BROKEN,
        DATA
    }

    Kind kind() {
        switch (code.toUpperCase(Locale.ROOT)) {
            case "EXPIRED_TOKEN":
                return Kind.TOKEN_EXPIRED;
            case "NO_AUTH_FOUND", "INVALID_TOKEN", "WRONG_CLIENT", "PORTAL_DELETED":
                return Kind.UNAUTHORIZED;
            case "ACCESS_DENIED",
            "INVALID_CREDENTIALS",
            "INSUFFICIENT_SCOPE",
            "USER_ACCESS_ERROR",
            "WRONG_AUTH_TYPE",
            "PAYMENT_REQUIRED",
            "ERROR_METHOD_NOT_FOUND",
            "ERROR_MANIFEST_IS_NOT_AVAILABLE",
            "INVALID_REQUEST":
                return Kind.FORBIDDEN;
            case "QUERY_LIMIT_EXCEEDED":
                return Kind.TOO_MANY_REQUESTS;
            case "OPERATION_TIME_LIMIT":
                return Kind.METHOD_EXHAUSTED;
            case "OVERLOAD_LIMIT":
                return Kind.BLOCKED;
            case "ERROR_BATCH_LENGTH_EXCEEDED":
                return Kind.BATCH_TOO_LONG;
            case "INTERNAL_SERVER_ERROR", "ERROR_UNEXPECTED_ANSWER":
                return Kind.BROKEN;
            default:
                return byDescription();
        }
    }

    private Kind byDescription() {
        String text = description.toLowerCase(Locale.ROOT);
        if (text.contains("user is not found") || text.contains("user is not active")) {
            return Kind.NO_SUCH_USER;
        }
        if (text.contains("not found in the statistic table")) {
            return Kind.NOT_FINISHED_YET;
        }
        if (text.contains("call is not found")) {
            return Kind.NO_SUCH_CALL;
        }
        if (text.contains("wrong authorization data")) {
            return Kind.UNAUTHORIZED;
        }
        if (text.contains("too many requests")) {
            return Kind.TOO_MANY_REQUESTS;
        }
        if (text.contains("unexpected database error")) {
            return Kind.BROKEN;
        }
        return status >= 500 ? Kind.BROKEN : Kind.DATA;
    }

    /** What it was about is not in the portal any more: a person deleted or merged it. */
    @Override
    public boolean gone() {
        String said = (code + " " + description).toLowerCase(Locale.ROOT);
        return kind() == Kind.DATA
                && (said.contains("not found")
                        || said.contains("not_found")
                        || said.contains("не найден"));
    }

    /** The refusal as delivery understands it. */
    @Override
    public Fault fault() {
        switch (kind()) {
            case TOKEN_EXPIRED:
                return new Fault.Retryable(text(), Duration.ZERO);
            case UNAUTHORIZED, FORBIDDEN:
                return new Fault.Auth(text(), cure());
            case TOO_MANY_REQUESTS:
                return new Fault.Retryable(text(), Duration.ofSeconds(2));
            case METHOD_EXHAUSTED:
                return new Fault.Retryable(text(), Duration.ofMinutes(1));
            case BLOCKED:
                return new Fault.Retryable(text() + "; " + cure(), Duration.ofMinutes(10));
            case NOT_FINISHED_YET:
                return new Fault.Retryable(text(), Duration.ofSeconds(5));
            case BROKEN:
                return new Fault.Retryable(text(), Duration.ofSeconds(1));
            default:
                return new Fault.Data(text(), cure());
        }
    }

    /** For people. The vendor's descriptions hold no tokens. */
    @Override
    public String text() {
        String said = code.isEmpty() ? description : code + " " + description;
        return "Bitrix24 refused " + method + ": " + said.strip();
    }

    private String cure() {
        return Optional.ofNullable(Cures.OF_CODES.get(code.toUpperCase(Locale.ROOT)))
                .orElseGet(() -> Cures.of(kind()));
    }
}
