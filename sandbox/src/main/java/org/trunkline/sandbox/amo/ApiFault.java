package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;

/** An error of the API, as section 1 of amocrm.md has it. */
final class ApiFault extends Exception {
    private static final long serialVersionUID = 1;
    private final int status;
    private final String title;
    private final transient ArrayNode validation;

    private ApiFault(int status, String title, String detail, ArrayNode validation) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.validation = validation;
    }

    static ApiFault of(int status, String title, String detail) {
        return new ApiFault(status, title, detail, Json.array());
    }

    static ApiFault badRequest(String detail) {
        return of(400, "Bad Request", detail);
    }

    static ApiFault unauthorized() {
        return of(401, "Unauthorized", "Неверный логин или пароль");
    }

    static ApiFault forbidden() {
        return of(403, "Forbidden", "Forbidden");
    }

    static ApiFault notFound() {
        return of(404, "Not Found", "Not found");
    }

    /** Items of an array that can't be taken: nothing of the whole array was done. */
    static ApiFault invalid(ArrayNode errors) {
        return new ApiFault(400, "Bad Request", "Request validation failed", errors);
    }

    Reply reply() {
        ObjectNode body = Json.object();
        if (!validation.isEmpty()) {
            body.set("validation-errors", validation);
        }
        body.put("title", title)
                .put("type", "https://httpstatus.es/" + status)
                .put("status", status)
                .put("detail", getMessage());
        return Reply.of(status, "application/problem+json", Json.write(body));
    }
}
