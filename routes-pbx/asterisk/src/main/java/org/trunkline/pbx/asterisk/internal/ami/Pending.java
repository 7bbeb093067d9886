package org.trunkline.pbx.asterisk.internal.ami;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.trunkline.pbx.asterisk.internal.ami.AmiFault.Kind;

/**
 * Actions sent and not yet answered, by ActionID. An answer is one response, or for a list action
 * the response and the events with the same ActionID up to the one that completes the list.
 */
final class Pending {
    private record Entry(
            AmiAction action,
            boolean list,
            List<AmiMessage> items,
            CompletableFuture<Answer> answer) {}

    /**
     * @param response what Asterisk said first
     * @param items events of the list; empty if it was none
     */
    record Answer(AmiMessage response, List<AmiMessage> items) {}

    /** A list longer than this is cut off: no PBX of ours has that many channels. */
    private static final int MAX_ITEMS = 100_000;

    private final Map<String, Entry> entries = new ConcurrentHashMap<>();
    private final Map<String, AmiMessage> listResponses = new ConcurrentHashMap<>();

    CompletableFuture<Answer> expect(String actionId, AmiAction action, boolean list, long millis) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        entries.put(actionId, new Entry(action, list, new ArrayList<>(), answer));
        return answer.orTimeout(millis, TimeUnit.MILLISECONDS)
                .whenComplete(
                        (ok, failure) -> {
                            entries.remove(actionId);
                            listResponses.remove(actionId);
                        })
                .exceptionallyCompose(
                        failure ->
                                CompletableFuture.failedFuture(
                                        isTimeout(failure) ? timedOut(action) : failure));
    }

    /** Takes the message if it belongs to an action of ours. */
    boolean take(AmiMessage message) {
        String id = message.actionId();
        Entry entry = id.isEmpty() ? null : entries.get(id);
        if (entry == null) {
            return message.isResponse(); // late, of an action that timed out
        }
        if (message.isResponse()) {
            if (entry.list && message.isSuccess()) {
                listResponses.put(id, message);
            } else {
                entry.answer.complete(new Answer(message, List.of()));
            }
            return true;
        }
        if (!entry.list) {
            return false; // e.g. OriginateResponse: news for everybody
        }
        if (message.get("EventList").equalsIgnoreCase("Complete")) {
            AmiMessage response = listResponses.getOrDefault(id, message);
            entry.answer.complete(new Answer(response, List.copyOf(entry.items)));
        } else if (entry.items.size() < MAX_ITEMS) {
            entry.items.add(message);
        }
        return true;
    }

    void failAll(AmiFault fault) {
        entries.values().forEach(entry -> entry.answer.completeExceptionally(fault));
    }

    private static boolean isTimeout(Throwable failure) {
        return failure instanceof TimeoutException
                || failure.getCause() instanceof TimeoutException;
    }

    private static AmiFault timedOut(AmiAction action) {
        return new AmiFault(
                Kind.ACTION,
                action.name() + " was not answered in time",
                "Look at the load of the PBX and of this hub.");
    }
}
