package org.trunkline.pbx.asterisk.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Asterisk;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PhoneNumber;
import org.trunkline.pbx.asterisk.internal.ami.AmiAction;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;
import org.trunkline.pbx.asterisk.internal.translate.Ordered;

/**
 * Calls that the hub has Asterisk make (rules T17, T19): action Originate, the employee first. The
 * ChannelId is the call's key, so that all that the PBX tells is told of that call.
 *
 * <p>One phone goes on into the dialplan by itself. Of several that ring together the first that
 * picks up is sent there by Redirect, and the others are hung up: whoever is a moment later must
 * not reach the client a second time.
 */
final class Originations {

    private static final Logger LOG = LoggerFactory.getLogger(Originations.class);

    /** Well above the patience of an action. */
    private static final Duration TAKEN = Duration.ofSeconds(15);

    private static final int MOST_REMEMBERED = 1_000;

    /** Sends an action of the session that lives now. */
    interface Line {
        /**
         * @throws Fault.Retryable if there is no session
         */
        CompletableFuture<AmiMessage> send(AmiAction action);
    }

    /**
     * Phones that ring together for one client.
     *
     * @param channels by their ids
     * @param settled whether one of them picked up, or all of them are given up
     */
    private record Together(
            Set<String> channels, String context, String client, AtomicBoolean settled) {}

    private final String account;
    private final Line line;
    private final Map<String, Together> ringing = new ConcurrentHashMap<>();

    Originations(String account, Line line) {
        this.account = account;
        this.line = line;
    }

    /** See {@link PbxControl#call}. */
    void call(Asterisk settings, PbxControl.Order order) {
        int together = order.first().size();
        String client = digits(order.client());
        List<String> channels = new ArrayList<>();
        for (int i = 1; i <= together; i++) {
            channels.add(Ordered.channelId(order.callKey(), i, together));
        }
        Together group =
                new Together(
                        Set.copyOf(channels),
                        settings.originateContext(),
                        client,
                        new AtomicBoolean());
        if (together > 1) {
            if (ringing.size() > MOST_REMEMBERED) {
                ringing.clear();
            }
            channels.forEach(channel -> ringing.put(channel, group));
        }
        for (int i = 0; i < together && !group.settled().get(); i++) {
            try {
                if (!taken(
                        originate(
                                order, order.first().get(i), channels.get(i), settings, client))) {
                    return; // asking for more would only make it later
                }
            } catch (Fault refused) {
                if (!group.settled().compareAndSet(false, true)) {
                    LOG.info(
                            "{}: {}, but another phone has picked up",
                            account,
                            refused.getMessage());
                    return;
                }
                channels.forEach(ringing::remove);
                channels.subList(0, i).forEach(this::hangUp);
                throw refused;
            }
        }
    }

    private static AmiAction originate(
            PbxControl.Order order,
            PbxControl.First first,
            String channelId,
            Asterisk settings,
            String client) {
        String context = settings.originateContext();
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        if (first.phone() instanceof PbxControl.Extension employee) {
            fields.add(Map.entry("Channel", "PJSIP/" + employee.extension()));
        } else if (first.phone() instanceof PbxControl.Number number) {
            fields.add(
                    Map.entry(
                            "Channel", "Local/" + digits(number.number()) + "@" + context + "/n"));
            fields.add(Map.entry("OtherChannelId", channelId + "-dial"));
        }
        if (order.first().size() == 1) {
            fields.add(Map.entry("Context", context));
            fields.add(Map.entry("Exten", client));
            fields.add(Map.entry("Priority", "1"));
        } else {
            fields.add(Map.entry("Application", "Wait"));
            fields.add(Map.entry("Data", String.valueOf(order.ring().toSeconds())));
        }
        fields.add(Map.entry("Timeout", String.valueOf(order.ring().toMillis())));
        fields.add(Map.entry("Async", "true"));
        fields.add(Map.entry("ChannelId", channelId));
        // What the employee's phone shows.
        fields.add(Map.entry("Variable", "CONNECTEDLINE(num,i)=" + client));
        order.name()
                .map(Originations::plain)
                .filter(name -> !name.isEmpty())
                .ifPresent(
                        name -> fields.add(Map.entry("Variable", "CONNECTEDLINE(name,i)=" + name)));
        first.callerId()
                .map(Originations::digits)
                .ifPresent(
                        shown -> {
                            // What the client sees, and, for a dialplan that sets it itself, a
                            // hint.
                            fields.add(Map.entry("Variable", "CALLERID(num)=" + shown));
                            fields.add(Map.entry("Variable", "__TRUNKLINE_CALLERID=" + shown));
                        });
        return new AmiAction("Originate", fields);
    }

    /** Asterisk splits variables at commas, and would take the rest for words of its own. */
    private static String plain(String text) {
        return text.replaceAll("[^\\p{L}\\p{N}.:+@-]+", " ").strip();
    }

    /** Dialplans seldom know the plus. */
    private static String digits(PhoneNumber number) {
        String digits = number.value().replaceAll("[^0-9*#]", "");
        if (digits.isEmpty()) {
            throw new Fault.Data("the number holds no digits", "correct it in the CRM");
        }
        return digits;
    }

    /**
     * Of a command without an answer nobody knows: the PBX's events will tell, or nothing does.
     *
     * @return whether there was an answer
     */
    private boolean taken(AmiAction action) {
        try {
            AmiMessage response = line.send(action).get(TAKEN.toMillis(), TimeUnit.MILLISECONDS);
            if (!response.isSuccess()) {
                throw new Fault.Data(
                        account + " refuses Originate: " + response.get("Message"),
                        "give the AMI user the rights write = originate,call, and name in"
                                + " asterisk.originateContext a context of the dialplan in which"
                                + " employees dial");
            }
            return true;
        } catch (ExecutionException | TimeoutException unknown) {
            LOG.warn("{}: what became of Originate is not known: {}", account, unknown.toString());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** In the reading thread: must not wait. */
    void heard(AmiMessage event) {
        if (!event.event().equals("OriginateResponse")) {
            return;
        }
        String channel = event.get("Uniqueid");
        Together group = ringing.remove(channel);
        if (group == null
                || !event.get("Response").equals("Success")
                || !group.settled().compareAndSet(false, true)) {
            return;
        }
        group.channels().forEach(ringing::remove);
        tell(
                AmiAction.of(
                        "Redirect",
                        "Channel",
                        event.get("Channel"),
                        "Context",
                        group.context(),
                        "Exten",
                        group.client(),
                        "Priority",
                        "1"));
        group.channels().stream().filter(other -> !other.equals(channel)).forEach(this::hangUp);
    }

    /** Asterisk takes a Uniqueid for a channel's name. */
    private void hangUp(String channelId) {
        tell(AmiAction.of("Hangup", "Channel", channelId, "Cause", "26"));
    }

    private void tell(AmiAction action) {
        try {
            line.send(action)
                    .whenComplete(
                            (response, failure) -> {
                                if (failure != null || !response.isSuccess()) {
                                    LOG.info(
                                            "{}: {} was not done: {}",
                                            account,
                                            action.name(),
                                            failure != null
                                                    ? failure.toString()
                                                    : response.get("Message"));
                                }
                            });
        } catch (Fault.Retryable gone) {
            LOG.warn("{}: {} was not sent: {}", account, action.name(), gone.getMessage());
        }
    }
}
