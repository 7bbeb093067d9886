package org.trunkline.crm.bitrix24.internal;

import java.util.List;
import java.util.Optional;
import org.trunkline.model.Fault;

/** A parcel on its way, with what came of it. Guarded by its courier's lock. */
final class Waiting {

    final Parcel parcel;
    final long since;

    /** Wakes who waits for it, and nobody else: hundreds may wait for one portal. */
    private final Runnable wake;

    /** Whether it has not left, or has come back. */
    boolean stands;

    /** How often it left and was sent back unread. */
    int returns;

    private Optional<List<Answer>> answers = Optional.empty();
    private Optional<Fault> fault = Optional.empty();

    /**
     * @param wake has its thread look again; called under the courier's lock
     */
    Waiting(Parcel parcel, long since, Runnable wake) {
        this.parcel = parcel;
        this.since = since;
        this.wake = wake;
    }

    void wake() {
        wake.run();
    }

    /** The first word counts: who stopped waiting has been told already. */
    void answered(List<Answer> each) {
        if (over()) {
            return;
        }
        answers = Optional.of(each);
        wake();
    }

    /** One answer to all its commands. */
    void each(Answer answer) {
        answered(parcel.commands().stream().map(command -> answer).toList());
    }

    /** Nobody knows what was done. */
    void lost(String why) {
        each(new Answer.Lost(why));
    }

    /** It did not reach the portal. */
    void failed(Fault why) {
        if (!over()) {
            fault = Optional.of(why);
            wake();
        }
    }

    boolean over() {
        return answers.isPresent() || fault.isPresent();
    }

    /**
     * What each command gave.
     *
     * @throws Fault if nothing of it reached the portal
     */
    List<Answer> outcome() {
        fault.ifPresent(
                f -> {
                    throw f;
                });
        return answers.orElseThrow();
    }
}
