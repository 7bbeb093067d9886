package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trunkline.sandbox.http.Json;

/** An error of the REST, as a table of bitrix24.md section 1 has it. */
final class RestFault extends Exception {
    private static final String CORE = "ERROR_CORE";
    private final int status;
    private final String code;

    RestFault(int status, String code, String description) {
        super(description, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** A validation error of a method: the documents print ERROR_CORE, portals send "". */
    static RestFault core(String description) {
        return new RestFault(400, CORE, description);
    }

    static RestFault argument(String description) {
        return new RestFault(400, "INVALID_ARGUMENT", description);
    }

    static RestFault notFound() {
        return core("Not found");
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    ObjectNode body(ErrorStyle style) {
        return Json.object().put("error", code(style)).put("error_description", getMessage());
    }

    private String code(ErrorStyle style) {
        return style == ErrorStyle.LIVE && code.equals(CORE) ? "" : code;
    }

    /** Which of the two forms telephony errors take. */
    enum ErrorStyle {
        /** {@code ERROR_CORE}, as the documents print. */
        DOCS,
        /** An empty code, as portals answer. */
        LIVE
    }
}
