package org.trunkline.crm.bitrix24.internal.install;

import java.time.Instant;
import java.util.Optional;
import org.trunkline.model.Json;
import org.trunkline.model.PortalConnection.Refusal;

/**
 * How far the connection of one portal is, as it is kept in the store beside its tokens.
 *
 * @param openUntil who installs it before then is let in, once
 */
record Progress(
        Optional<Instant> openUntil,
        Optional<Instant> connectedAt,
        Optional<Instant> releasedAt,
        Optional<Refusal> refusal) {

    static final Progress NONE =
            new Progress(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static Progress read(Optional<String> stored) {
        return stored.map(text -> Json.read(text, Progress.class)).orElse(NONE);
    }

    boolean isOpen(Instant now) {
        return openUntil.filter(now::isBefore).isPresent();
    }

    Progress open(Instant until) {
        return new Progress(Optional.of(until), connectedAt, releasedAt, Optional.empty());
    }

    Progress closed() {
        return new Progress(Optional.empty(), connectedAt, releasedAt, refusal);
    }

    Progress connected(Instant at) {
        return new Progress(Optional.empty(), Optional.of(at), Optional.empty(), Optional.empty());
    }

    Progress released(Instant at) {
        return new Progress(Optional.empty(), Optional.empty(), Optional.of(at), Optional.empty());
    }

    /** An open window stays open: the right portal may still come. */
    Progress refused(Refusal refusal) {
        return new Progress(openUntil, connectedAt, releasedAt, Optional.of(refusal));
    }

    String text() {
        return Json.write(this);
    }
}
