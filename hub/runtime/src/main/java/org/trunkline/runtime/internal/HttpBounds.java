package org.trunkline.runtime.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
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
import org.trunkline.runtime.HttpOut;

/**
 * Bounds a request in total time and its reply in size. The client's own time-outs count from byte
 * to byte, so a server that sends one byte a second would hold a thread for hours.
 */
public final class HttpBounds implements ExecChainHandler {

    private static final int MOST_IN_ERRORS = 1024 * 1024;

    private final ScheduledExecutorService timer;

    public HttpBounds(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    @Override
    public ClassicHttpResponse execute(
            ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        Duration deadline = Duration.ofMillis(take(request, HttpOut.MILLIS));
        int mostBytes = take(request, HttpOut.REPLY_BYTES);
        Optional<Path> file = file(request);
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
                boolean toFile = file.isPresent() && response.getCode() / 100 == 2;
                // What was to be large enough for a file is too large for memory.
                int most = file.isPresent() ? Math.min(mostBytes, MOST_IN_ERRORS) : mostBytes;
                response.setEntity(
                        toFile ? save(entity, file.get(), mostBytes) : read(entity, most));
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

    private static Optional<Path> file(ClassicHttpRequest request) {
        Header header = request.getFirstHeader(HttpOut.REPLY_FILE);
        request.removeHeaders(HttpOut.REPLY_FILE);
        return Optional.ofNullable(header).map(Header::getValue).map(Path::of);
    }

    /** Closing an unread stream would read it to its end, so on success only. */
    private static HttpEntity read(HttpEntity entity, int mostBytes) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        copy(entity, read, mostBytes);
        return new ByteArrayEntity(
                read.toByteArray(), ContentType.parseLenient(entity.getContentType()));
    }

    private static HttpEntity save(HttpEntity entity, Path file, int mostBytes) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            copy(entity, out, mostBytes);
        }
        return new ByteArrayEntity(new byte[0], ContentType.parseLenient(entity.getContentType()));
    }

    private static void copy(HttpEntity entity, OutputStream out, int mostBytes)
            throws IOException {
        InputStream in = entity.getContent();
        long length = 0;
        byte[] part = new byte[8192];
        for (int n = in.read(part); n >= 0; n = in.read(part)) {
            length += n;
            if (length > mostBytes) {
                throw new TooLong(mostBytes);
            }
            out.write(part, 0, n);
        }
        in.close();
    }

    /** The reply is longer than its bound. */
    public static final class TooLong extends IOException {
        private static final long serialVersionUID = 1;

        TooLong(int mostBytes) {
            super("the reply is longer than " + mostBytes + " bytes");
        }
    }
}
