package org.trunkline.crm.connector.install;

import java.time.Instant;
import java.util.Optional;
import org.trunkline.model.Json;
import org.trunkline.model.PortalConnection.Refusal;

/**
 * How far the connection of one portal is, as it is kept in the store beside its tokens.
 *
 * @param openUntil who installs it before then is let in, once
 */
public record Progress(
        Optional<Instant> openUntil,
        Optional<Instant> connectedAt,
        Optional<Instant> releasedAt,
        Optional<Refusal> refusal) {

    public static final Progress NONE =
            new Progress(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public static Progress read(Optional<String> stored) {
        return stored.map(text -> Json.read(text, Progress.class)).orElse(NONE);
    }

    public boolean isOpen(Instant now) {
        return openUntil.filter(now::isBefore).isPresent();
    }

    public Progress open(Instant until) {
        return new Progress(Optional.of(until), connectedAt, releasedAt, Optional.empty());
    }

    public Progress closed() {
        return new Progress(Optional.empty(), connectedAt, releasedAt, refusal);
    }

    public Progress connected(Instant at) {
        return new Progress(Optional.empty(), Optional.of(at), Optional.empty(), Optional.empty());
    }

    public Progress released(Instant at) {
        return new Progress(Optional.empty(), Optional.empty(), Optional.of(at), Optional.empty());
    }

    /** An open window stays open: the right portal may still come. */
    public Progress refused(Refusal refusal) {
        return new Progress(openUntil, connectedAt, releasedAt, Optional.of(refusal));
    }

    public String text() {
        return Json.write(this);
    }
}
