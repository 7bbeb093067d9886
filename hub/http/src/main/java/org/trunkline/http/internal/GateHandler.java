package org.trunkline.http.internal;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.trunkline.http.HttpGate;

/**
 * Who may pass, and to whom: authentication, liveness, files, 503 for absent bundles. Camel comes
 * after it.
 */
final class GateHandler extends Handler.Abstract {
    private static final String HEALTH = "/health";
    private static final String LIVE = "/health/live";
    private static final String READY = "/health/ready";

    /** Below these callers are authenticated by the routes (signatures, tokens, secrets). */
    private static final Set<String> CALLERS = Set.of("/pbx", "/crm", "/recordings");

    /** Open to all. */
    private static final Set<String> OPEN = Set.of(HEALTH, LIVE, READY);

    private final Prefixes prefixes;
    private final StaticFiles files;
    private final Authenticator authenticator;
    private final CamelEngine camel;

    GateHandler(
            Prefixes prefixes, StaticFiles files, Authenticator authenticator, CamelEngine camel) {
        this.prefixes = prefixes;
        this.files = files;
        this.authenticator = authenticator;
        this.camel = camel;
    }

    /** Whether a PBX or a CRM, or a player sent by one, is to call there by itself. */
    static boolean isForCallers(String path) {
        return CALLERS.stream().anyMatch(prefix -> Prefixes.covers(prefix, path));
    }

    static String clientAddress(Request request) {
        return request.getConnectionMetaData().getRemoteSocketAddress()
                        instanceof InetSocketAddress address
                ? address.getAddress().getHostAddress()
                : "";
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String path = Request.getPathInContext(request);
        if (!OPEN.contains(path)
                && !isForCallers(path)
                && !authenticated(request, response, callback)) {
            return true;
        }
        if (prefixes.isServed(path)) {
            return files.handle(path, request, response, callback)
                    || camel.handle(request, response, callback);
        }
        if (path.equals(LIVE)) {
            return state(response, callback, HttpStatus.OK_200, "live");
        }
        if (path.equals(READY) && prefixes.waiting().isEmpty()) {
            return state(response, callback, HttpStatus.OK_200, "ready");
        }
        if (path.equals(READY)) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
            return state(response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "starting");
        }
        if (prefixes.isWaiting(path) || isForCallers(path)) {
            return Problem.unavailable(response, callback);
        }
        return Problem.send(response, callback, HttpStatus.NOT_FOUND_404);
    }

    /** Answers 401 or 429 itself when it is not so. */
    private boolean authenticated(Request request, Response response, Callback callback) {
        Optional<String> credentials =
                Optional.ofNullable(request.getHeaders().get(HttpHeader.AUTHORIZATION));
        Authenticator.Verdict verdict = authenticator.check(clientAddress(request), credentials);
        if (verdict instanceof Authenticator.Granted granted) {
            request.setAttribute(HttpGate.USER, granted.user());
            return true;
        }
        if (verdict instanceof Authenticator.Throttled throttled) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, throttled.seconds());
            Problem.send(response, callback, HttpStatus.TOO_MANY_REQUESTS_429);
            return false;
        }
        response.getHeaders()
                .put(HttpHeader.WWW_AUTHENTICATE, "Basic realm=\"trunkline\", charset=\"UTF-8\"");
        Problem.send(response, callback, HttpStatus.UNAUTHORIZED_401);
        return false;
    }

    private boolean state(Response response, Callback callback, int status, String state) {
        String waiting =
                prefixes.waiting().stream()
                        .map(prefix -> '"' + prefix + '"')
                        .collect(Collectors.joining(",", "[", "]"));
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
        String body = "{\"state\":\"%s\",\"waiting\":%s}".formatted(state, waiting);
        response.write(true, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)), callback);
        return true;
    }
}
