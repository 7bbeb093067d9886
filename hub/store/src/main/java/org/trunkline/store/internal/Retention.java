package org.trunkline.store.internal;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Fault;

/** Once a day forgets what the journal needs no more. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.trunkline.store")
@Designate(ocd = StoreConfig.class)
public final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private static final Duration LEAST = Duration.ofDays(1);
    private static final Duration DEFAULT = Duration.ofDays(14);

    /** The start has other things to do. */
    private static final Duration FIRST_AFTER = Duration.ofMinutes(5);

    private final JdbcJournal journal;
    private final Clock clock;
    private final ScheduledExecutorService daily =
            Executors.newSingleThreadScheduledExecutor(
                    task -> {
                        Thread thread = new Thread(task, "trunkline-retention");
                        thread.setDaemon(true);
                        return thread;
                    });
    private volatile Duration kept;

    @Activate
    public Retention(@Reference JdbcJournal journal, StoreConfig config) {
        this(journal, config.journal_retention(), Clock.systemUTC());
        daily.scheduleWithFixedDelay(
                this::run,
                FIRST_AFTER.toSeconds(),
                Duration.ofDays(1).toSeconds(),
                TimeUnit.SECONDS);
    }

    Retention(JdbcJournal journal, String kept, Clock clock) {
        this.journal = journal;
        this.clock = clock;
        this.kept = read(kept, DEFAULT);
    }

    @Modified
    void modified(StoreConfig config) {
        kept = read(config.journal_retention(), kept);
    }

    @Deactivate
    void stop() {
        // Without an interrupt: in H2's file access it would close the whole database.
        daily.shutdown();
    }

    void run() {
        try {
            long forgotten = journal.forget(clock.instant().minus(kept));
            LOG.info("Forgot {} journal rows folded more than {} ago", forgotten, kept);
        } catch (Fault e) {
            LOG.warn("The journal could not be cleared, tomorrow again: {}", e.getMessage());
        }
    }

    /** A wrong value leaves what was in force. */
    static Duration read(String given, Duration inForce) {
        try {
            Duration read = Duration.parse(given.strip());
            if (read.compareTo(LEAST) >= 0) {
                return read;
            }
        } catch (DateTimeException e) {
            // told below like every other wrong value
        }
        LOG.error(
                "journal.retention = '{}' is no duration of at least a day; {} stays in force."
                        + " Write it as P14D",
                given,
                inForce);
        return inForce;
    }
}
