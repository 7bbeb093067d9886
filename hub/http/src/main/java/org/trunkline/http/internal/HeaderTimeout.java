package org.trunkline.http.internal;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections that drip a request head: Jetty's idle time-out begins anew with each byte. A
 * connection on which bytes came during a whole period without a request getting complete, and none
 * in hand, is closed.
 */
final class HeaderTimeout extends Handler.Wrapper implements Connection.Listener {
    private record Seen(long bytes, long requests) {}

    private final Map<Connection, Seen> open = new ConcurrentHashMap<>();
    private final Set<Connection> busy = ConcurrentHashMap.newKeySet();
    private final Duration period;

    HeaderTimeout(Duration period, Handler next) {
        super(next);
        this.period = period;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        schedule();
    }

    @Override
    public void onOpened(Connection connection) {
        open.put(connection, new Seen(0, 0));
    }

    @Override
    public void onClosed(Connection connection) {
        open.remove(connection);
        busy.remove(connection);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        busy.add(connection);
        Request.addCompletionListener(request, failure -> busy.remove(connection));
        return super.handle(request, response, callback);
    }

    private void schedule() {
        Scheduler scheduler = getServer().getScheduler();
        scheduler.schedule(this::check, period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void check() {
        open.replaceAll(
                (connection, before) -> {
                    Seen now = new Seen(connection.getBytesIn(), connection.getMessagesIn());
                    boolean dripping =
                            before.bytes() > 0
                                    && now.bytes() > before.bytes()
                                    && now.requests() == before.requests()
                                    && !busy.contains(connection);
                    if (dripping) {
                        connection.getEndPoint().close();
                    }
                    return now;
                });
        if (isRunning()) {
            schedule();
        }
    }
}
