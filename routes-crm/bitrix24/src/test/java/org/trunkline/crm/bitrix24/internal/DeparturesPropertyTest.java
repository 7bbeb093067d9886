package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.trunkline.crm.connector.Courier;
import org.trunkline.crm.connector.Lane;
import org.trunkline.crm.connector.Waiting;

/** Plays arrivals against {@link Departures} and a bucket written anew from the vendor's words. */
class DeparturesPropertyTest {

    private static final long MILLI = 1_000_000;

    /**
     * @param at milliseconds
     * @param replyAfter milliseconds that its request takes, if it leads
     * @param readAfter share of that after which the portal counts the request, 0 to 1
     */
    record Arrival(int at, Lane lane, int commands, int replyAfter, double readAfter) {}

    private record Reply(long at) {}

    private record Left(long at, List<Waiting<Parcel>> together) {}

    @Provide
    Arbitrary<List<Arrival>> arrivals() {
        Arbitrary<Arrival> one =
                Combinators.combine(
                                Arbitraries.integers().between(0, 40_000),
                                Arbitraries.of(Lane.values()),
                                Arbitraries.integers().between(1, 4),
                                Arbitraries.integers().between(1, 20_000),
                                Arbitraries.doubles().between(0, 1))
                        .as(Arrival::new);
        return one.list().ofMinSize(1).ofMaxSize(250);
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void neverMoreThanThePortalsBucketAllows(@ForAll("arrivals") List<Arrival> arrivals) {
        Play play = new Play(arrivals);

        double level = 25;
        double asOf = 0;
        for (double counted : play.countedByPortal()) {
            level = Math.max(0, level - (counted - asOf) / 1000 * 2) + 1;
            asOf = counted;
            assertThat(level).as("level at %s ms", counted).isLessThanOrEqualTo(50.000001);
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void everyParcelLeavesOnceAndSoon(@ForAll("arrivals") List<Arrival> arrivals) {
        Play play = new Play(arrivals);

        List<Waiting<Parcel>> left =
                play.departed.stream().flatMap(d -> d.together().stream()).toList();
        assertThat(left).doesNotHaveDuplicates().hasSameSizeAs(arrivals);
        // 250 parcels are at most 40 envelopes: at 2 a second, and each up to 20 s in flight.
        assertThat(play.longestWait()).isLessThan(Courier.PATIENCE.toMillis());
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void parcelsOfALaneLeaveInOrderOfArrival(@ForAll("arrivals") List<Arrival> arrivals) {
        for (Lane lane : Lane.values()) {
            List<Waiting<Parcel>> left =
                    new Play(arrivals)
                            .departed.stream()
                                    .flatMap(d -> d.together().stream())
                                    .filter(w -> w.parcel().lane() == lane)
                                    .toList();
            assertThat(left).isSortedAccordingTo(Comparator.comparingLong(w -> w.since()));
        }
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void cardsLeaveBeforeBacklogButForItsTurn(@ForAll("arrivals") List<Arrival> arrivals) {
        Play play = new Play(arrivals);
        int ledByCards = 0;
        for (Left departure : play.departed) {
            boolean cardsWaited = play.waitedFor(Lane.CARDS, departure.at());
            boolean backlogLeads = departure.together().get(0).parcel().lane() == Lane.BACKLOG;
            if (backlogLeads && cardsWaited) {
                assertThat(ledByCards).isGreaterThanOrEqualTo(Departures.CARDS_IN_A_ROW);
            }
            ledByCards = backlogLeads ? 0 : ledByCards + 1;
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void noBatchIsLongerThanTheVendorTakes(
            @ForAll("arrivals") @Size(min = 100) List<Arrival> arrivals) {
        MethodCosts costs = new MethodCosts();
        for (Left departure : new Play(arrivals).departed) {
            List<Command> commands =
                    departure.together().stream()
                            .flatMap(w -> w.parcel().commands().stream())
                            .toList();
            assertThat(commands).hasSizeLessThanOrEqualTo(50);
            assertThat(costs.of(commands)).isLessThanOrEqualTo(20);
        }
    }

    /** The courier's loop with all threads always awake. */
    private static final class Play {

        final List<Left> departed = new ArrayList<>();
        private final List<Double> counted = new ArrayList<>();
        private final Map<Waiting<Parcel>, Long> leftAt = new HashMap<>();

        Play(List<Arrival> unordered) {
            List<Arrival> arrivals = new ArrayList<>(unordered);
            arrivals.sort(Comparator.comparingInt(Arrival::at));
            Map<Waiting<Parcel>, Arrival> of = new HashMap<>();
            Departures departures = new Departures(Limits.COMMON, 0);
            PriorityQueue<Reply> replies = new PriorityQueue<>(Comparator.comparingLong(Reply::at));
            int next = 0;
            for (long ms = 0; ms < 600_000 && leftAt.size() < arrivals.size(); ms += 5) {
                long now = ms * MILLI;
                while (!replies.isEmpty() && replies.peek().at() <= ms) {
                    replies.remove();
                    departures.bucket().replied(now);
                }
                while (next < arrivals.size() && arrivals.get(next).at() <= ms) {
                    Waiting<Parcel> waiting = waiting(arrivals.get(next), next);
                    of.put(waiting, arrivals.get(next++));
                    departures.join(waiting);
                }
                while (departures.head(now).isPresent()
                        && departures.nanosUntil(departures.head(now).get(), now) == 0) {
                    List<Waiting<Parcel>> leaving = departures.depart(now);
                    Arrival lead = of.get(leaving.get(0));
                    departed.add(new Left(ms, leaving));
                    counted.add(ms + lead.readAfter() * lead.replyAfter());
                    replies.add(new Reply(ms + lead.replyAfter()));
                    long left = ms;
                    leaving.forEach(w -> leftAt.put(w, left));
                }
            }
        }

        /** Tells parcels of the same moment apart by a nanosecond each. */
        private static Waiting<Parcel> waiting(Arrival arrival, int index) {
            List<Command> commands = new ArrayList<>();
            for (int i = 0; i < arrival.commands(); i++) {
                commands.add(new Command(Command.REGISTER, Map.of()));
            }
            return new Waiting<>(
                    new Parcel(arrival.lane(), commands), arrival.at() * MILLI + index, () -> {});
        }

        List<Double> countedByPortal() {
            return counted.stream().sorted().toList();
        }

        long longestWait() {
            return leftAt.entrySet().stream()
                    .mapToLong(e -> e.getValue() - e.getKey().since() / MILLI)
                    .max()
                    .orElse(0);
        }

        /** Whether a parcel of this lane was left standing when something else left. */
        boolean waitedFor(Lane lane, long at) {
            return leftAt.entrySet().stream()
                    .filter(e -> e.getKey().parcel().lane() == lane)
                    .anyMatch(e -> e.getKey().since() / MILLI <= at && e.getValue() > at);
        }
    }
}
