package org.trunkline.sandbox.ami;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.trunkline.sandbox.http.Json;

/** One capture being replayed on one PBX. */
final class Playback {
    private final AmiPbx pbx;
    private final Capture capture;
    private final PlayRequest request;
    private final Instant startedAt;
    private final List<Capture.Timed> rewritten = new ArrayList<>();
    private final Rewriter rewriter;
    private final CallRecordings recordings;
    private final Thread thread;
    private volatile int done;

    Playback(AmiPbx pbx, Capture capture, PlayRequest request, Serials serials) {
        this.pbx = pbx;
        this.capture = capture;
        this.request = request;
        this.startedAt = pbx.clock().instant();
        this.rewriter = new Rewriter(capture, request, serials, startedAt);
        for (Capture.Timed timed : capture.messages()) {
            Duration at = Duration.ofNanos((long) (timed.at().toNanos() / request.speed()));
            rewritten.add(new Capture.Timed(at, rewriter.rewrite(timed.message())));
        }
        this.recordings = new CallRecordings(request.recordings(), pbx::note);
        this.thread = new Thread(this::run, "ami-" + pbx.name() + "-play");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    /** What was played under which ids, for the control surface. */
    ObjectNode document() {
        ObjectNode out =
                Json.object()
                        .put("capture", capture.name())
                        .put("speed", request.speed())
                        .put("startedAt", startedAt.toString())
                        .put("seconds", capture.length().toMillis() / 1000.0 / request.speed())
                        .put("sent", done)
                        .put("events", rewritten.size());
        ArrayNode calls = out.putArray("calls");
        linkedIds().forEach(calls::add);
        ArrayNode uniqueids = out.putArray("uniqueids");
        rewriter.calls().values().forEach(uniqueids::add);
        ArrayNode channels = out.putArray("channels");
        rewriter.channels().values().forEach(channels::add);
        ObjectNode numbers = out.putObject("numbers");
        rewriter.numbers().forEach(numbers::put);
        return out;
    }

    /** The ids under which Asterisk keeps the channels of a call together. */
    private Set<String> linkedIds() {
        Set<String> ids = new LinkedHashSet<>();
        rewritten.stream()
                .filter(timed -> timed.message().isEvent("Newchannel"))
                .forEach(timed -> ids.add(timed.message().text("Linkedid")));
        return ids;
    }

    private void run() {
        long start = System.nanoTime();
        try {
            for (Capture.Timed timed : rewritten) {
                long wait = timed.at().toNanos() - (System.nanoTime() - start);
                if (wait > 0) {
                    TimeUnit.NANOSECONDS.sleep(wait);
                }
                recordings.see(timed.message());
                pbx.broadcast(timed.message());
                done++;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            pbx.played(this);
        }
    }
}
