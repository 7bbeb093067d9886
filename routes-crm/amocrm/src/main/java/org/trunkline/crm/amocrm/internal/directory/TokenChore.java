package org.trunkline.crm.amocrm.internal.directory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.trunkline.crm.amocrm.internal.AmocrmTokens;
import org.trunkline.crm.connector.directory.Chores;
import org.trunkline.model.Company;
import org.trunkline.model.Portal;

/**
 * Keeps an authorisation alive that nobody uses, for a refresh token ends after three months; and
 * warns before a long-lived token ends, which only a person can replace (rule T3).
 */
record TokenChore(AccountLinks links, Clock clock) implements Chores.Chore {

    private static final Duration PAUSE = Duration.ofHours(6);

    /** Of the three months that a refresh token holds. */
    private static final Duration UNUSED = Duration.ofDays(30);

    private static final Duration WARNED = Duration.ofDays(30);

    private static final String CURE =
            "make a new one in the integration's settings in the account before then, and put it into"
                    + " the provisioning document as longLivedToken";

    @Override
    public String name() {
        return "The care for tokens";
    }

    @Override
    public Optional<Duration> run(Company company, Portal portal) {
        AccountLinks.Link link = links.link(company.id(), portal);
        AmocrmTokens tokens = link.tokens();
        Instant now = clock.instant();
        Optional<Instant> ends = tokens.ends();
        boolean soon =
                tokens.longLived()
                        && ends.filter(end -> end.minus(WARNED).isBefore(now)).isPresent();
        link.vitals().warn("token", soon ? "the long-lived token ends at " + ends.get() : "", CURE);
        if (!tokens.longLived() && ends.filter(end -> end.plus(UNUSED).isBefore(now)).isPresent()) {
            tokens.renew(tokens.last());
        }
        return Optional.of(PAUSE);
    }
}
