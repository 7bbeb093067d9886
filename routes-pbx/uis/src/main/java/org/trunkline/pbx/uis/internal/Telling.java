package org.trunkline.pbx.uis.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.CallEvent;
import org.trunkline.model.Company;
import org.trunkline.model.Confidence;
import org.trunkline.model.Fact;
import org.trunkline.model.PbxAccount;

/** Collects what one notification tells. */
final class Telling {

    /** Enough of what UIS sent for a person who wants to check. */
    private static final int MOST_TEXT = 4_000;

    private final Company company;
    private final PbxAccount account;
    private final Notification notification;
    private final Instant receivedAt;
    private final String digest;
    private final List<CallEvent> events = new ArrayList<>();

    Telling(Company company, PbxAccount account, Notification notification, Instant receivedAt) {
        this.company = company;
        this.account = account;
        this.notification = notification;
        this.receivedAt = receivedAt;
        this.digest = sha(notification.text());
    }

    /** When UIS says that it happened; else when the hub heard of it. */
    Instant at() {
        return notification.at().orElse(receivedAt);
    }

    void now(Fact fact) {
        now(at(), fact);
    }

    void now(Instant when, Fact fact) {
        tell(Optional.empty(), when, sure(), fact);
    }

    void now(Party party, Fact fact) {
        now(Optional.of(party), fact);
    }

    void now(Optional<Party> party, Fact fact) {
        tell(party.map(Party::leg), at(), sure(), fact);
    }

    /** True as far as this notification goes, but another one may know better. */
    void concluded(Instant when, Fact fact) {
        tell(Optional.empty(), when, Confidence.POLLED, fact);
    }

    void concluded(Party party, Instant when, Fact fact) {
        tell(Optional.of(party.leg()), when, Confidence.POLLED, fact);
    }

    List<CallEvent> events() {
        return List.copyOf(events);
    }

    /** The notification of the end is UIS's closing record. */
    private Confidence sure() {
        return notification.kind() == Kind.CALL_FINISHED ? Confidence.FINAL : Confidence.LIVE;
    }

    private void tell(Optional<String> leg, Instant when, Confidence confidence, Fact fact) {
        String text = notification.text();
        events.add(
                new CallEvent(
                        company.id(),
                        account.id(),
                        notification.session(),
                        leg,
                        Optional.of("uis:" + digest + ":" + events.size()),
                        when.toEpochMilli(),
                        when,
                        receivedAt,
                        confidence,
                        fact,
                        text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text));
    }

    /** UIS gives its notifications no id; one that is sent again is the same to the letter. */
    private static String sha(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
