package org.trunkline.crm.connector;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Fault;
import org.trunkline.model.PortalHealth;

/** How one portal was when it was last spoken to; each change is logged once. Thread-safe. */
public final class Vitals {

    private static final Logger LOG = LoggerFactory.getLogger(Vitals.class);

    private static final String OK = "ok";

    private final String company;
    private final String portal;
    private PortalHealth health;
    private final Clock clock;
    private final Map<String, Warning> warnings = new LinkedHashMap<>();

    /** What was not said again for so long is over, or nobody meets it. */
    private static final Duration REMEMBERED = Duration.ofDays(1);

    private record Warning(String reason, String cure, Instant at) {}

    public Vitals(String company, String portal, Clock clock) {
        this.company = company;
        this.portal = portal;
        this.clock = clock;
        health = new PortalHealth(company, portal, OK, "", "");
    }

    public synchronized PortalHealth health() {
        Instant since = clock.instant().minus(REMEMBERED);
        warnings.values().removeIf(warning -> warning.at().isBefore(since));
        return health.state().equals(OK) && !warnings.isEmpty()
                ? new PortalHealth(
                        company, portal, OK, joined(Warning::reason), joined(Warning::cure))
                : health;
    }

    private String joined(Function<Warning, String> part) {
        return warnings.values().stream().map(part).distinct().collect(Collectors.joining("; "));
    }

    /**
     * What does not work while calls do.
     *
     * @param topic what it is about; its last word counts
     * @param reason empty: it works again
     */
    public synchronized void warn(String topic, String reason, String cure) {
        Optional<Warning> before = Optional.ofNullable(warnings.remove(topic));
        if (reason.isEmpty()) {
            return;
        }
        if (!before.map(Warning::reason).equals(Optional.of(reason))) {
            LOG.warn("Portal {}/{}: {} ({})", company, portal, reason, cure);
        }
        warnings.put(topic, new Warning(reason, cure, clock.instant()));
    }

    public void well() {
        become(OK, "", "");
    }

    public void retrying(String reason, String cure) {
        become("retrying", reason, cure);
    }

    public void failed(Fault fault) {
        become(
                fault instanceof Fault.Auth ? "unauthorized" : "retrying",
                fault.getMessage(),
                fault.cure());
    }

    private synchronized void become(String state, String reason, String cure) {
        PortalHealth now = new PortalHealth(company, portal, state, reason, cure);
        if (now.equals(health)) {
            return;
        }
        health = now;
        if (state.equals(OK)) {
            LOG.info("Portal {}/{} is well again", company, portal);
        } else {
            LOG.warn("Portal {}/{} is {}: {} {}", company, portal, state, reason, cure);
        }
    }
}
