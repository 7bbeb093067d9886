package org.trunkline.crm.bitrix24.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.trunkline.crm.connector.Courier;

/** Whether the portal works with leads; asked once an hour, for people rarely change it. */
final class PortalMode {

    private static final Duration FRESH = Duration.ofHours(1);

    /** The vendor's number of the mode with leads; the other has none. */
    private static final int CLASSIC = 1;

    private record Told(boolean leads, Instant at) {}

    private final Courier<Parcel> courier;
    private final Clock clock;
    private final AtomicReference<Optional<Told>> told = new AtomicReference<>(Optional.empty());

    PortalMode(Courier<Parcel> courier, Clock clock) {
        this.courier = courier;
        this.clock = clock;
    }

    boolean leads() {
        Instant now = clock.instant();
        Optional<Told> known = told.get().filter(t -> t.at().plus(FRESH).isAfter(now));
        if (known.isEmpty()) {
            Command ask = new Command(Command.MODE, java.util.Map.of());
            int mode = Deeds.ask(courier, ask).get(0).asInt();
            known = Optional.of(new Told(mode == CLASSIC, now));
            told.set(known);
        }
        return known.get().leads();
    }
}
