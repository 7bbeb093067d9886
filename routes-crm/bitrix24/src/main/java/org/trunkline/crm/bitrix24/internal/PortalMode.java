package org.trunkline.crm.bitrix24.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.trunkline.crm.connector.Courier;
import org.trunkline.crm.connector.Kept;

/** Whether the portal works with leads; asked once an hour, for people rarely change it. */
final class PortalMode {

    private static final Duration FRESH = Duration.ofHours(1);

    /** The vendor's number of the mode with leads; the other has none. */
    private static final int CLASSIC = 1;

    private final Kept<Integer> mode;

    PortalMode(Courier<Parcel> courier, Clock clock) {
        Command ask = new Command(Command.MODE, Map.of());
        this.mode = new Kept<>(() -> Deeds.ask(courier, ask).get(0).asInt(), clock);
    }

    boolean leads() {
        return mode.get(FRESH) == CLASSIC;
    }
}
