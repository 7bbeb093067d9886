package org.trunkline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What must hold of any events, in any order. */
class CallFoldPropertyTest {

    @Property
    void anyOrderAndRepetitionGiveTheSameCall(
            @ForAll("events") List<CallEvent> events, @ForAll Random chance) {
        List<CallEvent> stirred = new ArrayList<>(events);
        events.stream().filter(e -> chance.nextBoolean()).forEach(stirred::add);
        java.util.Collections.shuffle(stirred, chance);

        assertThat(Events.fold(stirred)).isEqualTo(Events.fold(events));
        assertThat(Events.fold(stirred).call()).isEqualTo(Events.fold(events).call());
    }

    @Property
    void storedBetweenTwoEventsItIsTheSame(@ForAll("events") List<CallEvent> events) {
        CallFold fold = CallFold.of("acme", "office", "1795290262.0");
        for (CallEvent event : events) {
            CallEvent journaled = Json.read(Json.write(event), CallEvent.class);
            assertThat(journaled).isEqualTo(event);
            fold = Json.read(Json.write(fold.with(journaled)), CallFold.class);
        }
        assertThat(fold).isEqualTo(Events.fold(events));
    }

    @Property
    void aFinalTellingStandsWhateverElseIsHeard(
            @ForAll("events") List<CallEvent> events, @ForAll("results") CallResult last) {
        List<CallEvent> others =
                events.stream().filter(e -> e.confidence() != Confidence.FINAL).toList();
        CallEvent cdr =
                Events.event(
                        90, Confidence.FINAL, Optional.empty(), new Fact.Ended(Optional.of(last)));
        List<CallEvent> all = new ArrayList<>(others);
        all.add(others.size() / 2, cdr);

        Call call = Events.fold(all).call();

        assertThat(call.result()).contains(last);
        assertThat(call.endedAt()).contains(Events.at(90));
    }

    @Property
    void whatWasHeardOfALegNeverUnanswersIt(@ForAll("events") List<CallEvent> events) {
        List<CallEvent> all = new ArrayList<>(events);
        all.removeIf(e -> e.fact() instanceof Fact.Continues);
        all.add(0, Events.leg(5, "a", new Fact.LegAnswered()));

        Call call = Events.fold(all).call();

        assertThat(call.leg("a").orElseThrow().answered()).isTrue();
        assertThat(call.leg("a").orElseThrow().result().orElse(LegResult.ANSWERED))
                .isEqualTo(LegResult.ANSWERED);
        assertThat(call.answeredAt()).isPresent();
    }

    @Property
    void talkIsNeverLongerThanAllLegsTogetherNorShorterThanTheLongest(
            @ForAll("talks") List<Talk> talks) {
        List<CallEvent> events = new ArrayList<>();
        for (int i = 0; i < talks.size(); i++) {
            events.add(Events.leg(talks.get(i).from(), "leg" + i, new Fact.LegAnswered()));
            events.add(
                    Events.leg(
                            talks.get(i).from() + talks.get(i).seconds(),
                            "leg" + i,
                            new Fact.LegEnded(LegResult.ANSWERED)));
        }
        boolean[] talking = new boolean[200];
        for (Talk talk : talks) {
            java.util.Arrays.fill(talking, talk.from(), talk.from() + talk.seconds(), true);
        }
        long seconds = 0;
        for (boolean second : talking) {
            seconds += second ? 1 : 0;
        }

        assertThat(Events.fold(events).call().talkSeconds()).isEqualTo(seconds);
    }

    @Property
    void legsStandInOrderOfRinging(@ForAll("events") List<CallEvent> events) {
        List<Instant> rang =
                Events.fold(events).call().legs().stream()
                        .flatMap(l -> l.ringingAt().or(l::answeredAt).stream())
                        .toList();
        assertThat(rang).isSorted();
    }

    /** Talk of one leg in whole seconds after the start. */
    record Talk(int from, int seconds) {}

    @Provide
    Arbitrary<List<Talk>> talks() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 99),
                        Arbitraries.integers().between(0, 100))
                .as(Talk::new)
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<CallResult> results() {
        return Arbitraries.of(CallResult.class);
    }

    @Provide
    Arbitrary<List<CallEvent>> events() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 60_000),
                        Arbitraries.of(Confidence.class),
                        Arbitraries.of("a", "b", "c").optional(),
                        facts())
                .as((ms, sure, leg, fact) -> Events.event(ms / 1000.0, sure, leg, fact))
                .list()
                .ofMinSize(1)
                .ofMaxSize(14);
    }

    private static Arbitrary<Fact> facts() {
        Arbitrary<PhoneNumber> numbers =
                Arbitraries.of("+79161234567", "+74951000001", "201")
                        .map(n -> new PhoneNumber(n, n));
        Arbitrary<String> extensions = Arbitraries.of("201", "202");
        return Arbitraries.oneOf(
                Combinators.combine(
                                Arbitraries.of(Direction.class).optional(),
                                numbers.optional(),
                                numbers.optional())
                        .as((d, c, l) -> (Fact) new Fact.Started(d, c, l)),
                extensions.map(Fact.LegRinging::new),
                Arbitraries.create(Fact.LegAnswered::new),
                Arbitraries.of(true, false).map(Fact.Held::new),
                Combinators.combine(Arbitraries.of(TransferKind.class), Arbitraries.of("a", "b"))
                        .as((k, from) -> (Fact) new Fact.Transferred(k, from)),
                Arbitraries.of("a", "b", "d").map(Fact.Continues::new),
                Combinators.combine(extensions, Arbitraries.of(true, false))
                        .as((extension, talked) -> (Fact) new Fact.Reported(extension, talked)),
                Arbitraries.of(LegResult.class).map(Fact.LegEnded::new),
                Arbitraries.of(CallResult.class).optional().map(r -> (Fact) new Fact.Ended(r)),
                Arbitraries.of("1795290300.7", "1795290300.9").map(Fact.Merged::new),
                Combinators.combine(Arbitraries.of("r1", "r2"), Arbitraries.of("x.wav", "y.wav"))
                        .as((id, source) -> (Fact) new Fact.RecordingReady(id, source)),
                Arbitraries.of("Good day", "Hello").map(Fact.TranscriptReady::new),
                Arbitraries.of("sales", "support")
                        .map(group -> (Fact) new Fact.Tagged(Map.of("group", group))),
                Arbitraries.of(true, false)
                        .map(done -> (Fact) new Fact.CommandResult("c1", done, "", Events.at(1))));
    }
}
