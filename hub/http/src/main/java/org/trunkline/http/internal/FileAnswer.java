package org.trunkline.http.internal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.http.FileBody;

/**
 * Sends a {@link FileBody}, or the range of it that the request asks for. No thread waits for a
 * slow client; one that takes nothing for the connection's idle time is let go, and a player asks
 * for the rest when it needs it.
 */
final class FileAnswer extends IteratingCallback {
    private static final Logger LOG = LoggerFactory.getLogger(FileAnswer.class);
    private static final int PIECE = 32 * 1024;

    private final FileBody file;
    private final Response response;
    private final Callback callback;
    private final ByteBuffer piece = ByteBuffer.allocate(PIECE);
    private long position;
    private long left;

    private FileAnswer(FileBody file, ByteRange range, Response response, Callback callback) {
        this.file = file;
        this.response = response;
        this.callback = callback;
        this.position = range.first();
        this.left = range.length();
    }

    /** The response's headers hold what the route set. */
    static void send(FileBody file, Response response, Callback callback) throws IOException {
        Request request = response.getRequest();
        HttpFields asked = request.getHeaders();
        HttpFields.Mutable headers = response.getHeaders();
        Optional<String> etag = Optional.ofNullable(headers.get(HttpHeader.ETAG));
        headers.put(HttpHeader.ACCEPT_RANGES, "bytes");
        headers.put(new HttpField("X-Content-Type-Options", "nosniff"));
        if (etag.isPresent() && knows(asked.get(HttpHeader.IF_NONE_MATCH), etag.get())) {
            headers.remove(HttpHeader.CONTENT_TYPE);
            bare(HttpStatus.NOT_MODIFIED_304, file, response, callback);
            return;
        }
        Optional<ByteRange> part = part(request, etag, file.size());
        if (part.filter(range -> range.length() == 0).isPresent()) {
            headers.put(HttpHeader.CONTENT_RANGE, part.get().of(file.size()));
            headers.remove(HttpHeader.CONTENT_TYPE);
            bare(HttpStatus.RANGE_NOT_SATISFIABLE_416, file, response, callback);
            return;
        }
        part.ifPresent(range -> headers.put(HttpHeader.CONTENT_RANGE, range.of(file.size())));
        ByteRange range = part.orElse(new ByteRange(0, file.size()));
        headers.put(HttpHeader.CONTENT_LENGTH, range.length());
        int status = part.isPresent() ? HttpStatus.PARTIAL_CONTENT_206 : HttpStatus.OK_200;
        if (HttpMethod.HEAD.is(request.getMethod()) || range.length() == 0) {
            bare(status, file, response, callback);
            return;
        }
        response.setStatus(status);
        new FileAnswer(file, range, response, callback).iterate();
    }

    private static Optional<ByteRange> part(Request request, Optional<String> etag, long size) {
        String header = request.getHeaders().get(HttpHeader.RANGE);
        String condition = request.getHeaders().get(HttpHeader.IF_RANGE);
        boolean same = condition == null || etag.filter(condition::equals).isPresent();
        return header != null && same && HttpMethod.GET.is(request.getMethod())
                ? ByteRange.read(header, size)
                : Optional.empty();
    }

    private static boolean knows(String ifNoneMatch, String etag) {
        return ifNoneMatch != null
                && Arrays.stream(ifNoneMatch.split(","))
                        .map(tag -> tag.strip().replaceFirst("^W/", ""))
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }

    private static void bare(int status, FileBody file, Response response, Callback callback)
            throws IOException {
        file.close();
        response.setStatus(status);
        response.write(true, null, callback);
    }

    @Override
    protected Action process() throws IOException {
        if (left == 0) {
            return Action.SUCCEEDED;
        }
        piece.clear().limit((int) Math.min(left, PIECE));
        int read = file.read(piece, position);
        if (read < 0) {
            throw new EOFException("the file became shorter while it was sent");
        }
        position += read;
        left -= read;
        response.write(left == 0, piece.flip(), this);
        return Action.SCHEDULED;
    }

    @Override
    protected void onCompleteSuccess() {
        done();
        callback.succeeded();
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        done();
        callback.failed(cause);
    }

    private void done() {
        try {
            file.close();
        } catch (IOException e) {
            LOG.warn("A file that was sent can't be closed: {}", e.toString());
        }
    }
}
