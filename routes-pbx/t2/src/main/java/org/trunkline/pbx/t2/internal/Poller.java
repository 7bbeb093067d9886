package org.trunkline.pbx.t2.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxHealth;
import org.trunkline.store.Calls;
import org.trunkline.store.Leases;

/**
 * One account, asked again and again by the hub that serves its company. What was seen is
 * remembered only once it is told, so a failure anywhere means: the same again at the next poll.
 */
final class Poller {
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

    /** Records may come late, and clocks differ. */
    private static final Duration OVERLAP = Duration.ofMinutes(15);

    /** Of an account that was never heard of, the past stays past. */
    private static final Duration FIRST_LOOK = Duration.ofMinutes(2);

    private static final Duration LONGEST_LOOK = Duration.ofHours(24);

    private static final int MOST_CALLS = 500;

    private final Site site;
    private final T2Client t2;
    private final Calls calls;
    private final Leases leases;
    private final Consumer<List<CallEvent>> output;
    private final Pace pace;
    private final Clock clock;

    private Optional<Board> board = Optional.empty();
    private Matching matching = Matching.NONE;
    private Optional<Instant> recordsUntil = Optional.empty();
    private int failures;
    private volatile PbxHealth health;

    Poller(
            Site site,
            T2Client t2,
            Calls calls,
            Leases leases,
            Consumer<List<CallEvent>> output,
            Pace pace,
            Clock clock) {
        this.site = site;
        this.t2 = t2;
        this.calls = calls;
        this.leases = leases;
        this.output = output;
        this.pace = pace;
        this.clock = clock;
        this.health = state("connecting", "not asked yet", "");
    }

    /** With the account's tokens, of which only one renewal may be under way. */
    T2Client client() {
        return t2;
    }

    PbxHealth health() {
        return health;
    }

    /**
     * One poll.
     *
     * @return when the next is due
     */
    Duration poll() {
        if (!leases.serves(site.company().id())) {
            board = Optional.empty();
            recordsUntil = Optional.empty();
            health = state("standby", "another hub serves this company", "");
            return pace.poll();
        }
        try {
            look();
            failures = 0;
            health = state("connected", "", "");
            return pace.poll();
        } catch (Fault.Auth refused) {
            return failed("refused", refused, pace.poll().multipliedBy(5));
        } catch (RuntimeException e) {
            failures++;
            return failed(
                    "connecting", e, pace.errors().after(failures, RandomGenerator.getDefault()));
        }
    }

    private Duration failed(String word, RuntimeException why, Duration pause) {
        String cure = why instanceof Fault fault ? fault.cure() : "";
        String reason = why instanceof Fault ? why.getMessage() : why.toString();
        if (!health.state().equals(word)) {
            LOG.warn("{}: {}", name(), reason, why instanceof Fault ? null : why);
        }
        health = state(word, reason, cure);
        return pause;
    }

    private void look() {
        Board before = board.orElseGet(this::asStored);
        board = Optional.of(before);
        List<Row> rows = t2.rows();
        Instant now = clock.instant();
        Board.Step step = before.poll(site, rows, now, pace.patience());
        tell(step.tellings(), now);
        board = Optional.of(step.board());
        if (recordsDue(step.board(), now)) {
            lookAtRecords(now);
        }
    }

    private Board asStored() {
        return Board.of(calls.openAsHeard(site.company().id(), site.account().id()));
    }

    private boolean recordsDue(Board after, Instant now) {
        Duration pause = after.gone().isEmpty() ? pace.records() : pace.awaitedRecords();
        return recordsUntil.map(until -> !now.isBefore(until.plus(pause))).orElse(true);
    }

    private void lookAtRecords(Instant now) {
        List<Call> recent = recent(now.minus(LONGEST_LOOK));
        Instant from =
                recordsUntil.map(until -> until.minus(OVERLAP)).orElseGet(() -> first(recent, now));
        List<HistoryRecord> records = new ArrayList<>(t2.records(from, now.plusSeconds(60)));
        records.sort(Comparator.comparing(HistoryRecord::begin));
        Matching matched = matching;
        List<Telling> told = new ArrayList<>();
        Set<String> closed = new HashSet<>();
        for (HistoryRecord record : records) {
            Optional<Site.Parties> parties = record.parties(site);
            if (parties.isPresent()) {
                String key = matched.key(record, parties.get(), recent);
                matched = matched.with(record, key);
                closed.add(key);
                told.addAll(record.tellings(parties.get(), key, T2Client.base(site.account())));
            }
        }
        tell(told, now);
        matching = matched;
        board = board.map(b -> b.without(closed));
        recordsUntil = Optional.of(now);
    }

    /** From the last call on that was heard of, with what may have come late. */
    private static Instant first(List<Call> recent, Instant now) {
        return recent.stream()
                .map(Call::startedAt)
                .max(Comparator.naturalOrder())
                .map(last -> last.minus(OVERLAP))
                .orElse(now.minus(FIRST_LOOK));
    }

    /** Those not folded yet are seen only if they are open, so both are asked. */
    private List<Call> recent(Instant since) {
        Map<String, Call> recent = new LinkedHashMap<>();
        String company = site.company().id();
        calls.list(company, Optional.of(since), Optional.empty(), MOST_CALLS).items().stream()
                .filter(call -> call.account().equals(site.account().id()))
                .forEach(call -> recent.put(call.key(), call));
        calls.openAsHeard(company, site.account().id())
                .forEach(call -> recent.put(call.key(), call));
        return List.copyOf(recent.values());
    }

    private void tell(List<Telling> tellings, Instant now) {
        if (!tellings.isEmpty()) {
            output.accept(tellings.stream().map(each -> each.event(site, now)).toList());
        }
    }

    private String name() {
        return site.company().id() + "/" + site.account().id();
    }

    private PbxHealth state(String word, String reason, String cure) {
        return new PbxHealth(site.company().id(), site.account().id(), word, reason, cure);
    }
}
