package org.trunkline.store;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.trunkline.model.Client;
import org.trunkline.model.Decision;
import org.trunkline.model.Step;
import org.trunkline.model.StepLog;

/**
 * What is to be done in the CRMs: one row per (integration, call), level-triggered. A row says that
 * what the CRM should hold may not be what it holds; whoever takes it decides anew what is missing.
 */
public interface Work {

    /**
     * One row.
     *
     * @param version grows with each change of the call
     * @param live whether the call goes on
     * @param attempts failed tries since the last success
     * @param error of the last try
     */
    record Item(
            long id,
            String company,
            String integration,
            String call,
            long version,
            boolean live,
            State state,
            Instant dueAt,
            int attempts,
            Optional<String> error) {}

    /** Where a row stands. */
    @EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
    enum State {
        /** Due now or at a known time. */
        WAITING,
        /** A try failed; due again later. */
        RETRYING,
        /** Waiting will not help; a person must replay or drop it (rule X3). */
        DEAD,
        /** The CRM holds what it should; the next event wakes the row. */
        DONE
    }

    /**
     * Rows that are due, those of live calls before those of ended ones, then the longest due.
     *
     * @param inHand rows that this node works on now
     */
    List<Item> due(int most, Set<Long> inHand);

    /** When the next row becomes due; empty: none is waiting. */
    Optional<Instant> nextDue();

    /** What was decided, for people. */
    void decided(Item item, Decision decision);

    /**
     * What the CRM held under the client's number, kept with the row. The first look-up counts:
     * later ones would find what this very call made.
     *
     * @return what counts
     */
    Client found(Item item, Client client);

    /** The CRM holds what it should. Unless the call changed meanwhile, the row rests. */
    void done(Item item);

    /** All is done for now, but more is to be done at a known time. */
    void later(Item item, Instant dueAt);

    /**
     * A company's rows that wait for a known time are due now, for what they wait for may have
     * changed with its document. Rows that were tried in vain keep their back-off.
     */
    void reconsider(String company);

    /**
     * What was tried in vain for these integrations of a company is due now: their portal is back.
     */
    void hurry(String company, Set<String> integrations);

    /** A try failed; attempts grow by one. */
    void retry(Item item, String error, Instant dueAt);

    /** Waiting will not help. A later event of the call still wakes the row. */
    void dead(Item item, String error);

    /** The durable steps of a row. */
    StepLog steps(Item item);

    /** Called after each change that may make a row due, in this process; must return at once. */
    Subscription onDue(Runnable signal);

    // ---- for people -------------------------------------------------------------------------

    /**
     * Rows in order of their making.
     *
     * @param state empty: all that is not {@link State#DONE}
     * @param cursor from a page before
     * @param limit 1 to 500
     * @throws org.trunkline.model.Fault.Data naming a wrong cursor or limit
     */
    Page<Item> list(String company, Optional<State> state, Optional<String> cursor, int limit);

    /**
     * Makes a row due now with its attempts forgotten; a try under way does not count as the
     * replay.
     *
     * @return false: no such row
     */
    boolean replay(String company, long id);

    /**
     * Drops a row. Its steps stay known: if the call changes later, a new row goes on from there.
     *
     * @return false: no such row
     */
    boolean delete(String company, long id);

    List<Decided> decisions(String company, String call);

    /** A decision as last taken. */
    record Decided(String integration, Instant at, Decision decision) {}

    /** What a decision took the client for; empty: it did not ask the CRM so far. */
    Optional<Client> client(String company, String call, String integration);

    List<Taken> steps(String company, String call);

    /** A step of an integration. */
    record Taken(String integration, Step step) {}

    /**
     * How much lies here.
     *
     * @param waiting due or to become due
     * @param oldest for how long the CRM has lacked what the longest undelivered row should bring
     */
    record Backlog(long waiting, long retrying, long dead, Duration oldest) {}

    Backlog backlog();
}
