package org.trunkline.crm.connector;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.Fault;

/** A parcel on its way, with what came of it. Guarded by its courier's lock. */
public final class Waiting<P extends Parcel> {

    private final P parcel;
    private final long since;

    /** Wakes who waits for it, and nobody else: hundreds may wait for one portal. */
    private final Runnable wake;

    /** Whether it has not left, or has come back. */
    private boolean stands;

    /** How often it left and was sent back unread. */
    private int returns;

    private Optional<List<Answer>> answers = Optional.empty();
    private Optional<Fault> fault = Optional.empty();

    /**
     * @param wake has its thread look again; called under the courier's lock
     */
    public Waiting(P parcel, long since, Runnable wake) {
        this.parcel = parcel;
        this.since = since;
        this.wake = wake;
    }

    public P parcel() {
        return parcel;
    }

    /** When it came, in monotonic nanoseconds. */
    public long since() {
        return since;
    }

    public boolean stands() {
        return stands;
    }

    public void stands(boolean now) {
        stands = now;
    }

    /**
     * It was sent back unread.
     *
     * @return how often by now
     */
    public int sentBack() {
        return ++returns;
    }

    public void wake() {
        wake.run();
    }

    /** The first word counts: who stopped waiting has been told already. */
    public void answered(List<Answer> each) {
        if (over()) {
            return;
        }
        answers = Optional.of(each);
        wake();
    }

    /** One answer to all its commands. */
    public void each(Answer answer) {
        answered(Collections.nCopies(parcel.size(), answer));
    }

    /** Nobody knows what was done. */
    public void lost(String why) {
        each(new Answer.Lost(why));
    }

    /** It did not reach the portal. */
    public void failed(Fault why) {
        if (!over()) {
            fault = Optional.of(why);
            wake();
        }
    }

    public boolean over() {
        return answers.isPresent() || fault.isPresent();
    }

    /**
     * What each command gave.
     *
     * @throws Fault if nothing of it reached the portal
     */
    public List<Answer> outcome() {
        fault.ifPresent(
                f -> {
                    throw f;
                });
        return answers.orElseThrow();
    }
}
