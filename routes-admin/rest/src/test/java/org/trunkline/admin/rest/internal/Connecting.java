package org.trunkline.admin.rest.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.trunkline.model.CrmKind;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalConnection;

/** A kind of CRM that writes down what it was asked to do. */
final class Connecting implements PortalConnection {

    static final Instant UNTIL = Instant.parse("2026-01-01T12:00:00Z");

    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile Supplier<String> renewal = () -> "renewed";

    @Override
    public CrmKind kind() {
        return CrmKind.BITRIX24;
    }

    @Override
    public State open(String company, Portal portal, Duration open) {
        asked.add("open " + company + "/" + portal.id() + " " + open);
        return state(Optional.of(UNTIL));
    }

    @Override
    public State close(String company, Portal portal) {
        asked.add("close " + company + "/" + portal.id());
        return state(Optional.empty());
    }

    @Override
    public State state(String company, Portal portal) {
        return state(Optional.empty());
    }

    @Override
    public State release(String company, Portal portal) {
        asked.add("release " + company + "/" + portal.id());
        return state(Optional.empty());
    }

    @Override
    public String refreshTokens(String company, Portal portal) {
        return renewal.get();
    }

    @Override
    public Check check(String company, Portal portal) {
        return new Check(
                false, "half", "mend it", List.of(new CheckItem("Methods", "none", false)));
    }

    private static State state(Optional<Instant> openUntil) {
        return new State(
                true,
                openUntil,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "/install",
                "/app");
    }
}
