package org.trunkline.pbx.asterisk.internal.translate;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All state of the translator: the channels and calls that live, and the latest that ended. */
final class Switchboard {

    /** Enough for what Asterisk says after a Hangup (CDRs) and for repetitions. */
    private static final int REMEMBERED = 10_000;

    private final Map<String, Channel> channels = new HashMap<>();
    private final Map<String, Channel> locals = new HashMap<>();
    private final Map<String, LiveCall> calls = new HashMap<>();
    private final Map<String, Set<Channel>> bridges = new HashMap<>();

    /** Contexts of calls that the settings do not explain. */
    private final Set<String> strangeContexts = new LinkedHashSet<>();

    /** Uniqueid to key of the call. */
    private final Map<String, String> gone =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > REMEMBERED;
                }
            };

    void strange(String context) {
        if (strangeContexts.size() < 100) {
            strangeContexts.add(context);
        }
    }

    Set<String> strangeContexts() {
        return Set.copyOf(strangeContexts);
    }

    Optional<Channel> channel(String uniqueid) {
        return Optional.ofNullable(channels.get(uniqueid));
    }

    Collection<Channel> channels() {
        return List.copyOf(channels.values());
    }

    Collection<LiveCall> calls() {
        return List.copyOf(calls.values());
    }

    boolean hasCall(String key) {
        return calls.containsKey(key);
    }

    boolean isGone(String uniqueid) {
        return gone.containsKey(uniqueid);
    }

    /** Key of the call that the channel belongs or belonged to. */
    Optional<String> callKey(String uniqueid) {
        Channel channel = channels.get(uniqueid);
        return channel == null
                ? Optional.ofNullable(gone.get(uniqueid))
                : Optional.of(channel.call.mergedInto.orElse(channel.call.key));
    }

    LiveCall call(String key, Instant startedAt) {
        return calls.computeIfAbsent(key, any -> new LiveCall(key, startedAt));
    }

    void add(Channel channel, LiveCall call) {
        channels.put(channel.uniqueid, channel);
        if (channel.kind == Channel.Kind.LOCAL) {
            locals.put(channel.name, channel);
        }
        move(channel, call);
    }

    void move(Channel channel, LiveCall call) {
        if (channel.call != null) {
            channel.call.channels.remove(channel);
        }
        channel.call = call;
        call.channels.add(channel);
    }

    Optional<Channel> remove(String uniqueid) {
        Channel channel = channels.remove(uniqueid);
        if (channel == null) {
            return Optional.empty();
        }
        leaveBridge(channel);
        locals.remove(channel.name);
        channel.call.channels.remove(channel);
        remember(uniqueid, channel.call.mergedInto.orElse(channel.call.key));
        return Optional.of(channel);
    }

    void remember(String uniqueid, String callKey) {
        gone.put(uniqueid, callKey);
    }

    void forget(LiveCall call) {
        calls.remove(call.key);
    }

    /** Calls in which this channel has a leg: its own, and a consultation that it began. */
    List<LiveCall> callsWithLeg(String uniqueid) {
        return calls.values().stream().filter(c -> c.legs.containsKey(uniqueid)).toList();
    }

    Optional<Channel> otherHalf(Channel local) {
        return Optional.ofNullable(locals.get(local.otherHalf()));
    }

    void enterBridge(Channel channel, String bridge, Instant at) {
        leaveBridge(channel);
        channel.bridge = bridge;
        channel.bridgedAt = at;
        bridges.computeIfAbsent(bridge, any -> new LinkedHashSet<>()).add(channel);
    }

    void leaveBridge(Channel channel) {
        Set<Channel> members = bridges.get(channel.bridge);
        if (members != null) {
            members.remove(channel);
            if (members.isEmpty()) {
                bridges.remove(channel.bridge);
            }
        }
        channel.bridge = "";
        channel.listedAt = null;
    }

    /** Everybody whom this channel's voice reaches, itself included: by bridges and Local wires. */
    Set<Channel> reached(Channel from) {
        Set<Channel> reached = new LinkedHashSet<>();
        Deque<Channel> ahead = new ArrayDeque<>();
        ahead.add(from);
        while (!ahead.isEmpty()) {
            Channel channel = ahead.poll();
            if (reached.add(channel)) {
                ahead.addAll(bridges.getOrDefault(channel.bridge, Set.of()));
                otherHalf(channel).ifPresent(ahead::add);
            }
        }
        return reached;
    }

    /** The channel at the beginning of a chain of dials and Local wires; null for a null. */
    Channel root(Channel dialling) {
        Channel channel = dialling;
        for (int hops = 0; channel != null && isLocal(channel) && hops < 20; hops++) {
            Channel near =
                    channel.name.endsWith(";2") ? otherHalf(channel).orElse(channel) : channel;
            if (near.dialledBy == null) {
                return near;
            }
            channel = near.dialledBy;
        }
        return channel;
    }

    private static boolean isLocal(Channel channel) {
        return channel.kind == Channel.Kind.LOCAL;
    }
}
