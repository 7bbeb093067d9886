package org.trunkline.itests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** What is done to hub, portals, PBXs and database while calls go on, each counted. */
final class Disturbances {
    /** Seconds after a fault of the database until what waited in the hub's memory is stored. */
    private static final Duration STORED_AGAIN = Duration.ofSeconds(6);

    private static final Duration LONGEST_STOP = Duration.ofSeconds(15);

    /** What every vendor's portal may do. */
    private static final Map<String, String> OF_ALL =
            Map.ofEntries(
                    Map.entry("down", "'kind':'down','forSeconds':5"),
                    Map.entry("5xx", "'kind':'status','status':502,'forSeconds':6"),
                    Map.entry("reset", "'kind':'reset','probability':0.4,'forSeconds':6"),
                    Map.entry("slow", "'kind':'slow','seconds':3,'probability':0.2,'forSeconds':6"),
                    Map.entry("HTML", "'kind':'html','probability':0.6,'forSeconds':5"),
                    Map.entry("half JSON", "'kind':'invalidJson','probability':0.6,'forSeconds':5"),
                    Map.entry("expired token", "'kind':'expireToken'"));

    static final Map<String, String> OF_BITRIX24 =
            Map.ofEntries(
                    Map.entry(
                            "lost register",
                            "'kind':'lostReply','method':'telephony.externalcall.register',"
                                    + "'probability':0.5,'forSeconds':6"),
                    Map.entry(
                            "lost finish",
                            "'kind':'lostReply','method':'telephony.externalcall.finish',"
                                    + "'probability':0.5,'forSeconds':6"),
                    Map.entry(
                            "half reply",
                            "'kind':'halfReply','method':'batch','probability':0.6,'forSeconds':6"),
                    Map.entry("lost upload", "'kind':'lostReply','method':'upload','forSeconds':6"),
                    Map.entry(
                            "QUERY_LIMIT_EXCEEDED",
                            "'kind':'status','status':503,'error':'QUERY_LIMIT_EXCEEDED',"
                                    + "'forSeconds':5"),
                    Map.entry(
                            "OPERATION_TIME_LIMIT",
                            "'kind':'error','status':429,'error':'OPERATION_TIME_LIMIT',"
                                    + "'method':'telephony.externalcall.finish','forSeconds':5"));

    static final Map<String, String> OF_AMOCRM =
            Map.ofEntries(
                    Map.entry("429", "'kind':'status','status':429,'forSeconds':4"),
                    // Never the renewal of tokens: a lost reply of it ends the link, by the vendor.
                    Map.entry(
                            "504 when the note was there",
                            "'kind':'errorAfterCommit','method':'post leads/notes',"
                                    + "'probability':0.3,'forSeconds':25"),
                    lost("deal", "post leads/complex"),
                    lost("entry in Unsorted", "post leads/unsorted/sip"),
                    lost("note", "post leads/notes"),
                    lost("change of a note", "patch leads/notes"),
                    Map.entry(
                            "half reply",
                            "'kind':'halfReply','method':'post leads/complex',"
                                    + "'probability':0.6,'forSeconds':6"));

    private final FaultRun run;
    private final Random random;
    private final Map<String, String> ofPortals;
    private final Optional<Postgres> postgres;
    private final double speed;
    private final Map<String, Integer> done = new TreeMap<>();
    private CompletableFuture<Void> underWay = CompletableFuture.completedFuture(null);

    /**
     * @param ofVendor what only his portals may do, besides what all may
     * @param speed of the calls that go on while the hub is down
     */
    Disturbances(
            FaultRun run,
            Random random,
            Map<String, String> ofVendor,
            Optional<Postgres> postgres,
            double speed) {
        this.run = run;
        ofPortals = new TreeMap<>(OF_ALL);
        ofPortals.putAll(ofVendor);
        this.random = random;
        this.postgres = postgres;
        this.speed = speed;
    }

    /** So long that some are left when the portal is up again. */
    private static Map.Entry<String, String> lost(String what, String method) {
        return Map.entry(
                "lost " + what,
                "'kind':'lostReply','method':'" + method + "','probability':0.5,'forSeconds':25");
    }

    /** Each kind once, in random order; as often as asked the hub is killed. */
    List<Runnable> all(int kills) {
        List<Runnable> all = new ArrayList<>();
        ofPortals.forEach((name, fault) -> all.add(() -> portal(name, fault)));
        all.add(this::cut);
        all.add(this::stop);
        for (int i = 0; i < kills; i++) {
            all.add(this::kill);
        }
        postgres.ifPresent(
                server -> {
                    all.add(() -> database("database restarted", server::restart));
                    all.add(() -> database("database killed", server::kill));
                    all.add(() -> database("backend killed", server::killBackend));
                });
        Collections.shuffle(all, random);
        return all;
    }

    /** Until all that goes on by itself is over. */
    void awaitEnd() {
        underWay.join();
    }

    @Override
    public String toString() {
        return done.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private synchronized void counted(String what) {
        done.merge(what, 1, Integer::sum);
    }

    private void portal(String name, String fault) {
        String document = "{'name':'" + name + "'," + fault + "}";
        run.companies().forEach(company -> company.fault(document.replace('\'', '"')));
        counted(name);
    }

    /** The PBX goes on without the hub, and tells nothing twice. */
    private void cut() {
        PlayedCompany company = run.anyCompany();
        Instant from = Instant.now();
        company.cut(2 + random.nextInt(3));
        counted("AMI cut");
        then(
                () -> {
                    Awaitility.await("the hub is logged in to " + company.id() + " again")
                            .atMost(Duration.ofMinutes(2))
                            .until(company::heard);
                    // Logged in is not yet told which channels live.
                    company.awaitConnected(run.hub());
                    LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                    run.outage(Optional.of(company.id()), from);
                });
    }

    private void database(String name, Runnable deed) {
        then(
                () -> {
                    deed.run();
                    LockSupport.parkNanos(STORED_AGAIN.toNanos());
                    counted(name);
                });
    }

    private void kill() {
        awaitEnd();
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(1_000)).toNanos());
        without(run.hub()::kill);
        counted("kill -9");
    }

    private void stop() {
        awaitEnd();
        without(() -> assertThat(run.hub().stop()).as("stop").isLessThan(LONGEST_STOP));
        counted("stop");
    }

    private void without(Runnable end) {
        Instant from = Instant.now();
        end.run();
        // The world goes on meanwhile.
        run.companies().forEach(company -> run.play(company, CallKind.ANSWERED, speed));
        run.hub().restart();
        run.awaitConnected();
        run.outage(Optional.empty(), from);
    }

    private void then(Runnable deed) {
        underWay = underWay.thenRunAsync(deed);
    }
}
