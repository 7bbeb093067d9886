package org.trunkline.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An open file as the body of a route's answer. The gate sends it in pieces, never whole in memory:
 * all of it, or the one range that was asked for (RFC 9110, section 14). It answers HEAD, and
 * If-None-Match and If-Range by the route's {@code ETag}. The route sets {@code Content-Type} and
 * leaves the status alone. Once handed over, the gate closes it; the file may be deleted meanwhile.
 */
public final class FileBody implements AutoCloseable {

    private final FileChannel channel;
    private final long size;
    private final Runnable closed;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private FileBody(FileChannel channel, long size, Runnable closed) {
        this.channel = channel;
        this.size = size;
        this.closed = closed;
    }

    /**
     * @param closed run once, when the last byte is sent or the client has gone
     */
    public static FileBody open(Path file, Runnable closed) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new FileBody(channel, channel.size(), closed);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Bytes, as they were when it was opened. */
    public long size() {
        return size;
    }

    /**
     * Reads what fits into the buffer.
     *
     * @return how many bytes; -1 at the end
     */
    public int read(ByteBuffer buffer, long position) throws IOException {
        return channel.read(buffer, position);
    }

    @Override
    public void close() throws IOException {
        if (open.compareAndSet(true, false)) {
            try {
                channel.close();
            } finally {
                closed.run();
            }
        }
    }
}
