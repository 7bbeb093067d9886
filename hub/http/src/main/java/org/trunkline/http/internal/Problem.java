package org.trunkline.http.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Errors of the gate itself as application/problem+json (RFC 9457): no detail that could help a
 * stranger.
 */
final class Problem {
    private static final String TYPE = "application/problem+json";

    /** Seconds after which a sender may find the bundle back. */
    private static final int RETRY_AFTER = 5;

    private Problem() {}

    static boolean send(Response response, Callback callback, int status) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, TYPE);
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        response.write(true, ByteBuffer.wrap(body(status)), callback);
        return true;
    }

    /**
     * For a request whose body was not read to its end: nothing more can come over this connection.
     */
    static boolean sendAndClose(Response response, Callback callback, int status) {
        response.getHeaders().put(HttpHeader.CONNECTION, "close");
        return send(response, callback, status);
    }

    static boolean unavailable(Response response, Callback callback) {
        response.getHeaders().put(HttpHeader.RETRY_AFTER, RETRY_AFTER);
        return send(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
    }

    static byte[] body(int status) {
        return "{\"type\":\"about:blank\",\"title\":\"%s\",\"status\":%d}"
                .formatted(HttpStatus.getMessage(status), status)
                .getBytes(StandardCharsets.UTF_8);
    }
}
