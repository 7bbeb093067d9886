package org.trunkline.http.internal;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Reads a whole request body without holding a thread, up to a size and within a total time: Jetty
 * 12 has a time-out between two bytes only, so a drip of one byte a second would last for hours.
 *
 * <p>Not {@code Content.Source.asByteBuffer}: in 12.0.31 it logs a NullPointerException for each
 * body that times out.
 */
final class BodyReader {
    private final Request request;
    private final int limit;
    private final long deadline;
    private final Consumer<byte[]> complete;
    private final IntConsumer refused;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();

    private BodyReader(
            Request request,
            int limit,
            Duration timeout,
            Consumer<byte[]> complete,
            IntConsumer refused) {
        this.request = request;
        this.limit = limit;
        this.deadline = System.nanoTime() + timeout.toNanos();
        this.complete = complete;
        this.refused = refused;
    }

    /**
     * @param limit most bytes of the body
     * @param complete gets the body, empty when there is none
     * @param refused gets the status instead: 413 too large, 408 too slow, 400 broken off
     */
    static void read(
            Request request,
            int limit,
            Duration timeout,
            Consumer<byte[]> complete,
            IntConsumer refused) {
        if (request.getLength() > limit) {
            refused.accept(HttpStatus.PAYLOAD_TOO_LARGE_413);
        } else {
            new BodyReader(request, limit, timeout, complete, refused).read();
        }
    }

    private void read() {
        while (true) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this::read);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                refused.accept(
                        chunk.getFailure() instanceof TimeoutException
                                ? HttpStatus.REQUEST_TIMEOUT_408
                                : HttpStatus.BAD_REQUEST_400);
                return;
            }
            byte[] bytes = BufferUtil.toArray(chunk.getByteBuffer());
            boolean last = chunk.isLast();
            chunk.release();
            if (body.size() + (long) bytes.length > limit) {
                refused.accept(HttpStatus.PAYLOAD_TOO_LARGE_413);
                return;
            }
            body.writeBytes(bytes);
            if (last) {
                complete.accept(body.toByteArray());
                return;
            }
            if (System.nanoTime() - deadline > 0) {
                refused.accept(HttpStatus.REQUEST_TIMEOUT_408);
                return;
            }
        }
    }
}
