package org.trunkline.pbx.t2.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Confidence;
import org.trunkline.model.Fact;

/**
 * One fact about one call of an account.
 *
 * @param extension whose leg; empty for facts of the whole call
 * @param nativeId only of records: what a poll shows has no id
 */
record Telling(
        String key,
        Optional<String> extension,
        Optional<String> nativeId,
        Instant at,
        Confidence confidence,
        Fact fact,
        String text) {

    /** What keys of calls that were seen live begin with. */
    static final String LIVE = "t2:live:";

    static Telling polled(String key, Optional<String> extension, Instant at, Fact fact) {
        return new Telling(
                key,
                extension,
                Optional.empty(),
                at,
                Confidence.POLLED,
                fact,
                "a look at t2's lists");
    }

    /**
     * A key for a call that t2 gives none. By the second, not by the minute: a client who calls
     * again at once makes another call, and the board remembers the key while the call lives.
     */
    static String liveKey(String identity, Instant firstSeen) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(
                                    (identity + " " + firstSeen.getEpochSecond())
                                            .getBytes(StandardCharsets.UTF_8));
            return LIVE + HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    CallEvent event(Site site, Instant receivedAt) {
        return new CallEvent(
                site.company().id(),
                site.account().id(),
                key,
                extension.map(who -> "employee:" + who),
                nativeId,
                at.toEpochMilli(),
                at,
                receivedAt,
                confidence,
                fact,
                text);
    }
}
