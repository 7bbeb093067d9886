package org.trunkline.pbx.t2.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Bounds a request in total time and its reply in size. The client's own time-outs count from byte
 * to byte, so a server that sends one byte a second would hold a thread for hours.
 */
final class Bounds implements ExecChainHandler {

    /** Request headers by which a route states the bounds; they do not leave the hub. */
    static final String MILLIS = "Trunkline-Deadline-Millis";

    static final String REPLY_BYTES = "Trunkline-Reply-Bytes";

    private final ScheduledExecutorService timer;

    Bounds(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Duration deadline = Duration.ofMillis(take(request, MILLIS));
        int mostBytes = take(request, REPLY_BYTES);
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> alarm =
                timer.schedule(
                        () -> {
                            late.set(true);
                            scope.execRuntime.discardEndpoint();
                        },
                        deadline.toMillis(),
                        TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            HttpEntity entity = response.getEntity();
            if (entity != null) {
                response.setEntity(read(entity, mostBytes));
            }
            return response;
        } catch (TooLong tooLong) {
            scope.execRuntime.discardEndpoint();
            throw tooLong;
        } catch (IOException e) {
            if (late.get()) {
                throw new IOException("no whole reply within " + deadline.toSeconds() + " s", e);
            }
            throw e;
        } finally {
            alarm.cancel(false);
        }
    }

    private static int take(ClassicHttpRequest request, String name) throws HttpException {
        Header header = request.getHeader(name);
        request.removeHeaders(name);
        return Integer.parseInt(header.getValue());
    }

    /** Closing an unread stream would read it to its end, so on success only. */
    private static HttpEntity read(HttpEntity entity, int mostBytes) throws IOException {
        InputStream in = entity.getContent();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] part = new byte[8192];
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
            read.write(part, 0, n);
            if (read.size() > mostBytes) {
                throw new TooLong(mostBytes);
            }
        }
        in.close();
        return new ByteArrayEntity(
                read.toByteArray(), ContentType.parseLenient(entity.getContentType()));
    }

    private static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;

        TooLong(int mostBytes) {
            super("the reply is longer than " + mostBytes + " bytes");
        }
    }
}
