package org.trunkline.pbx.asterisk.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Asterisk;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxControl;
import org.trunkline.model.PbxHealth;
import org.trunkline.pbx.asterisk.internal.ami.AmiAction;
import org.trunkline.pbx.asterisk.internal.ami.AmiClient;
import org.trunkline.pbx.asterisk.internal.ami.AmiMessage;
import org.trunkline.pbx.asterisk.internal.ami.AmiSink;
import org.trunkline.pbx.asterisk.internal.ami.AmiState;
import org.trunkline.pbx.asterisk.internal.translate.FirstList;
import org.trunkline.pbx.asterisk.internal.translate.Translator;
import org.trunkline.runtime.BackOff;
import org.trunkline.store.Calls;
import org.trunkline.store.Leases;

/**
 * One account's way from the PBX to the route: AMI client, translator, and patience with a store
 * that can't be written. What is translated is translated once: only handing it on is tried again.
 */
final class AccountLink implements AmiSink {
    private static final Logger LOG = LoggerFactory.getLogger(AccountLink.class);

    private static final BackOff STORE = new BackOff(Duration.ofMillis(200), Duration.ofSeconds(5));

    private interface Attempt<T> {
        T get() throws Exception;
    }

    private final AccountSetup setup;
    private final Calls calls;
    private final Leases leases;
    private final Relay relay;
    private final Translator translator;
    private final AmiClient client;
    private final Originations originations;
    private final FirstList firstList;
    private final CountDownLatch stop = new CountDownLatch(1);
    private volatile Set<String> strangeContexts = Set.of();

    AccountLink(AccountSetup setup, Calls calls, Leases leases, Relay.Output output, Clock clock) {
        this.setup = setup;
        this.calls = calls;
        this.leases = leases;
        this.relay = new Relay(leases, setup.view().company(), output, clock);
        this.translator = new Translator(setup.view());
        this.firstList = new FirstList(translator::knows);
        this.client = new AmiClient(setup.ami(), this, clock);
        this.originations = new Originations(setup.name(), this::send);
    }

    void start() {
        client.start();
    }

    /** Waits until what was read is handed on, five seconds at most. */
    void stop() {
        stop.countDown();
        client.close();
    }

    /** Events read from the PBX and not yet handed on. */
    int backlog() {
        return client.backlog();
    }

    /** See {@link PbxControl#call}. */
    void call(Asterisk settings, PbxControl.Order order) {
        originations.call(settings, order);
    }

    private CompletableFuture<AmiMessage> send(AmiAction action) {
        AmiState now = client.state();
        if (now.state() != AmiState.State.CONNECTED) {
            throw new Fault.Retryable(
                    setup.name() + " is not connected: " + now.reason(), Duration.ZERO);
        }
        return client.send(action);
    }

    @Override
    public void hear(AmiMessage event) {
        originations.heard(event);
    }

    @Override
    public void accept(List<Incoming> batch) {
        List<CallEvent> events = new ArrayList<>();
        for (Incoming read : batch) {
            firstList.inOrder(read).forEach(incoming -> events.addAll(translate(incoming)));
        }
        if (!events.isEmpty()) {
            untilDone(
                    () -> {
                        relay.accept(events);
                        return events;
                    },
                    List.of());
        }
        noticeStrangeContexts();
    }

    /**
     * Hands on what was heard while another hub served the company, if that is over.
     *
     * @throws Exception if it must be tried again
     */
    void catchUp() throws Exception {
        relay.accept(List.of());
    }

    private List<CallEvent> translate(Incoming incoming) {
        try {
            if (incoming instanceof Snapshot snapshot) {
                return translator.resync(snapshot, openCalls());
            }
            return incoming instanceof Event event
                    ? translator.hear(event.message(), event.receivedAt())
                    : List.of();
        } catch (RuntimeException e) {
            LOG.error("{}: cannot translate {}; it is skipped", setup.name(), kind(incoming), e);
            return List.of();
        }
    }

    /** After an unclean stop the fold may lag behind what was heard. */
    private List<Call> openCalls() {
        return untilDone(
                () -> calls.openAsHeard(setup.view().company(), setup.view().account()), List.of());
    }

    private static String kind(Incoming incoming) {
        return incoming instanceof Event event ? event.message().event() : "a list of channels";
    }

    /** Tries until it works or the link is stopped, in which case one try is granted. */
    private <T> T untilDone(Attempt<T> attempt, T otherwise) {
        int failures = 0;
        while (true) {
            try {
                return attempt.get();
            } catch (Exception e) {
                failures++;
                Duration pause = STORE.after(failures, RandomGenerator.getDefault());
                if (failures == 1) {
                    LOG.warn(
                            "{}: events wait, the store is not available: {}",
                            setup.name(),
                            e.toString());
                }
                if (waitOrStop(pause)) {
                    LOG.error("{}: stopped while the store was not available", setup.name());
                    return otherwise;
                }
            }
        }
    }

    private boolean waitOrStop(Duration pause) {
        try {
            return stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void noticeStrangeContexts() {
        Set<String> now = translator.strangeContexts();
        if (!now.equals(strangeContexts)) {
            strangeContexts = now;
            LOG.warn("{}: {} {}", setup.name(), strangeReason(now), STRANGE_CURE);
        }
    }

    private static final String STRANGE_CURE =
            "Add them to asterisk.trunkContexts (calls of the provider) or"
                    + " asterisk.internalContexts (calls of employees).";

    private static String strangeReason(Set<String> contexts) {
        return "calls begin in contexts that the settings do not name: "
                + contexts.stream().sorted().collect(Collectors.joining(", "))
                + ".";
    }

    PbxHealth health() {
        AmiState state = client.state();
        String word =
                switch (state.state()) {
                    case CONNECTED -> "connected";
                    case REFUSED -> "refused";
                    default -> "connecting";
                };
        if (word.equals("connected")
                && leases.standing(setup.view().company()) == Leases.Standing.STANDBY) {
            return health("standby", "another hub serves this company", "");
        }
        Set<String> strange = strangeContexts;
        boolean onlyStrange = word.equals("connected") && !strange.isEmpty();
        return health(
                word,
                onlyStrange ? strangeReason(strange) : state.reason(),
                onlyStrange ? STRANGE_CURE : state.cure());
    }

    private PbxHealth health(String state, String reason, String cure) {
        return new PbxHealth(setup.view().company(), setup.view().account(), state, reason, cure);
    }
}
