package org.trunkline.crm.connector.directory;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Company;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalDirectory.Synchronised;

/**
 * Reads a portal's set-up from time to time (rules T4, O17).
 *
 * @param every how often; zero: only when asked
 */
record SynchroniseChore(
        Synchroniser synchroniser,
        Supplier<Duration> every,
        BiFunction<Company, Portal, SetUpReader> reader)
        implements Chores.Chore {

    private static final Logger LOG = LoggerFactory.getLogger(SynchroniseChore.class);

    @Override
    public String name() {
        return "The synchronisation";
    }

    @Override
    public Optional<Duration> run(Company company, Portal portal) {
        Optional<Duration> pause = Optional.of(every.get()).filter(time -> !time.isZero());
        if (pause.isPresent()) {
            SetUpReader how = reader.apply(company, portal);
            report(company, portal, synchroniser.run(company.id(), portal, how));
        }
        return pause;
    }

    private static void report(Company company, Portal portal, Synchronised done) {
        Stream.concat(done.problems().stream(), done.warnings().stream())
                .forEach(
                        problem ->
                                LOG.warn(
                                        "Portal {}/{}, {}: {} {}",
                                        company.id(),
                                        portal.id(),
                                        problem.part(),
                                        problem.message(),
                                        problem.cure()));
    }
}
