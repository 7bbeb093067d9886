package org.trunkline.crm.connector.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;

/**
 * What is to be done for one portal from time to time. One thread at a time runs it; what fails is
 * tried again later, and said in the log once.
 */
public final class Chores {

    private static final Logger LOG = LoggerFactory.getLogger(Chores.class);

    private static final Duration PAUSE = Duration.ofSeconds(30);
    private static final Duration UNAUTHORIZED = Duration.ofMinutes(5);
    private static final Duration UNCONNECTED = Duration.ofSeconds(5);

    /**
     * One of them.
     *
     * @param name for the log
     */
    public interface Chore {
        String name();

        /** Whether there is something to do before the time that was named. */
        default boolean wanted() {
            return false;
        }

        /**
         * Does what is due.
         *
         * @return how long until it is due again; empty: it is switched off
         * @throws Fault if it could not be done
         */
        Optional<Duration> run(Company company, Portal portal);
    }

    private final Clock clock;
    private final DirectoryNotes notes;
    private final List<Chore> chores;
    private final Instant[] due;
    private final String[] trouble;
    private Optional<Company> provisioned = Optional.empty();
    private volatile boolean anew = true;

    public Chores(Clock clock, DirectoryNotes notes, List<Chore> chores) {
        this.clock = clock;
        this.notes = notes;
        this.chores = chores;
        this.due = new Instant[chores.size()];
        this.trouble = new String[chores.size()];
        Arrays.fill(trouble, "");
    }

    /** All are due now. */
    public void again() {
        anew = true;
    }

    /** Runs what is due; a new document of the company makes all of it so. */
    public synchronized void run(Company company, Portal portal) {
        if (!provisioned.equals(Optional.of(company))) {
            provisioned = Optional.of(company);
            anew = true;
        }
        if (anew) {
            anew = false;
            Arrays.fill(due, Instant.EPOCH);
        }
        for (int i = 0; i < due.length; i++) {
            boolean wanted = trouble[i].isEmpty() && chores.get(i).wanted();
            if (wanted || !due[i].isAfter(clock.instant())) {
                due[i] = next(i, company, portal);
            }
        }
    }

    private Instant next(int i, Company company, Portal portal) {
        try {
            if (!notes.connected(company.id(), portal)) {
                return clock.instant().plus(UNCONNECTED);
            }
            Optional<Duration> pause = chores.get(i).run(company, portal);
            trouble[i] = "";
            return pause.map(clock.instant()::plus).orElse(Instant.MAX);
        } catch (Fault fault) {
            if (!fault.getMessage().equals(trouble[i])) {
                trouble[i] = fault.getMessage();
                LOG.warn(
                        "{} of portal {}/{} goes on later: {}",
                        chores.get(i).name(),
                        company.id(),
                        portal.id(),
                        fault.getMessage());
            }
            return clock.instant().plus(pause(fault));
        }
    }

    private static Duration pause(Fault fault) {
        if (fault instanceof Fault.Retryable retryable) {
            Duration asked = retryable.retryAfter().orElse(PAUSE);
            return asked.compareTo(PAUSE) > 0 ? asked : PAUSE;
        }
        return UNAUTHORIZED;
    }
}
