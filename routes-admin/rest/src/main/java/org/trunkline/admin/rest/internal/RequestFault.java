package org.trunkline.admin.rest.internal;

import java.util.List;
import java.util.Map;
import org.trunkline.model.DocumentFault;
import org.trunkline.model.Fault;

/** A request that can't be fulfilled, with the status and words for whoever sent it. */
final class RequestFault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Map<String, Object> more;

    private RequestFault(int status, String detail, Map<String, Object> more) {
        super(detail);
        this.status = status;
        this.more = more;
    }

    /** 400: a parameter is wrong. The message names it and the cure. */
    static RequestFault parameter(String name, String given, String cure) {
        return new RequestFault(400, name + " '" + given + "' is wrong: " + cure, Map.of());
    }

    /** 400: what was asked for can't be, in the words of who knows. */
    static RequestFault wrong(Fault.Data fault) {
        return new RequestFault(400, fault.getMessage() + ": " + fault.cure(), Map.of());
    }

    /** 400: a body that is no JSON. */
    static RequestFault unreadable(String message, int line, int column) {
        return new RequestFault(
                400,
                "no JSON at line " + line + ", column " + column + ": " + message,
                Map.of("line", line, "column", column));
    }

    /** 404: no such thing. */
    static RequestFault unknown(String what, String id) {
        return new RequestFault(404, "there is no " + what + " '" + id + "'", Map.of());
    }

    /** 412: somebody else saved in between. */
    static RequestFault overtaken(String detail) {
        return new RequestFault(412, "nothing was changed; " + detail, Map.of());
    }

    /** 422: a document with mistakes. */
    static RequestFault refused(List<DocumentFault> errors) {
        return new RequestFault(
                422,
                "the document was refused whole; nothing was changed",
                Map.of("errors", errors));
    }

    /** 503: come again. */
    static RequestFault unavailable(String detail) {
        return new RequestFault(503, detail, Map.of());
    }

    int status() {
        return status;
    }

    /** Members of the problem beside those of RFC 9457. */
    Map<String, Object> more() {
        return more;
    }
}
