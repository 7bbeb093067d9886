package org.trunkline.crm.connector;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/**
 * One portal's tokens (rule T3). They are renewed shortly before a request that they would not
 * outlive, and when the portal says that they expired; one renewal at a time. Each gives a new
 * refresh token and spends the old, so the new pair is stored before it is used.
 *
 * <p>Thread-safe; while a renewal runs, the others wait for its outcome.
 */
public final class Tokens {

    public static final String ACCESS = "accessToken";
    public static final String REFRESH = "refreshToken";

    private static final Logger LOG = LoggerFactory.getLogger(Tokens.class);

    /** A dead authorisation is tried again after this even if nobody changed the tokens. */
    private static final Duration BETWEEN_TRIES = Duration.ofMinutes(5);

    private final Companies companies;
    private final String company;
    private final Vendor vendor;
    private final Clock clock;

    private Optional<Unsaved> unsaved = Optional.empty();
    private Optional<Dead> dead = Optional.empty();

    /** Known of tokens that this process renewed. */
    private Optional<Lifetime> lifetime = Optional.empty();

    private record Lifetime(String token, Instant end) {}

    /** What a renewal gave for a refresh token. */
    private record Unsaved(String usedUp, Map<String, String> secrets) {}

    /** Tokens that the portal does not take any more. */
    private record Dead(Fault.Auth fault, Optional<String> token, Instant since) {}

    /** What differs between the kinds of CRM. */
    public interface Vendor {

        /** The portal as it is provisioned now. */
        Portal portal();

        /** So long before its end a token is not used any more: a request may wait and travel. */
        Duration margin();

        /** When a token ends, as far as it tells itself. */
        default Optional<Instant> end(String token) {
            return Optional.empty();
        }

        /** Name of the secret with a token that is used before all others and never renewed. */
        default Optional<String> permanent() {
            return Optional.empty();
        }

        /**
         * Why there is no token at all.
         *
         * @return with the cure
         */
        Fault.Auth unconnected();

        /**
         * Asks for new tokens.
         *
         * @param refreshToken is spent by the vendor's reply
         * @throws Fault.Auth if the vendor takes it no more
         * @throws Fault.Retryable if it cannot be asked now
         */
        Renewal renewal(String refreshToken);

        /** Why a token that can't be renewed is not taken any more, with the cure. */
        default Fault.Auth ended() {
            return unconnected();
        }
    }

    /**
     * New tokens.
     *
     * @param secrets to be stored, by name; {@link #ACCESS} and {@link #REFRESH} among them
     * @param life of the access token, from now on; zero: not known
     */
    public record Renewal(Map<String, String> secrets, Duration life) {

        /** Never the tokens: it may end in a log. */
        @Override
        public String toString() {
            return "Renewal[]";
        }
    }

    public Tokens(Companies companies, String company, Vendor vendor, Clock clock) {
        this.companies = companies;
        this.company = company;
        this.vendor = vendor;
        this.clock = clock;
    }

    /**
     * The access token for the next request.
     *
     * @throws Fault.Auth while the portal takes none
     */
    public synchronized String access() {
        save();
        Optional<String> token = current();
        dead.ifPresent(
                d -> {
                    if (d.token().equals(token) && clock.instant().isBefore(again(d))) {
                        throw new Fault.Auth(d.fault().getMessage(), d.fault().cure());
                    }
                    dead = Optional.empty();
                });
        return token.orElseThrow(vendor::unconnected);
    }

    /**
     * Likewise, but renewed first if it is about to end. If that can't be done now, the old one is
     * used while it lasts.
     *
     * @throws Fault.Auth while the portal takes none
     */
    public synchronized String fresh() {
        String token = access();
        boolean ends =
                renewable()
                        && end(token)
                                .filter(end -> end.minus(vendor.margin()).isBefore(clock.instant()))
                                .isPresent();
        if (!ends) {
            return token;
        }
        try {
            renew(token);
        } catch (Fault.Retryable later) {
            LOG.info(
                    "{}: a token that ends soon is used once more: {}",
                    company,
                    later.getMessage());
        }
        return access();
    }

    /** When a token of this portal ends; empty: not known. */
    public synchronized Optional<Instant> end(String token) {
        return lifetime.filter(l -> l.token().equals(token))
                .map(Lifetime::end)
                .or(() -> vendor.end(token));
    }

    /** The access token that the portal may have ended, for {@link #renew}. */
    public synchronized String last() {
        dead = Optional.empty();
        return access();
    }

    /** The portal said that this token, if it is still in use, is dead. */
    public synchronized void refused(String token, Fault.Auth fault) {
        if (current().filter(token::equals).isPresent()) {
            dead = Optional.of(new Dead(fault, Optional.of(token), clock.instant()));
        }
    }

    /** Whether the token in use can be exchanged for a new one. */
    public boolean renewable() {
        return permanent().isEmpty();
    }

    /**
     * Renews this token unless another thread has done so.
     *
     * @throws Fault.Auth if the vendor takes the refresh token no more, or there is none
     * @throws Fault.Retryable if it cannot be asked now, or the store cannot keep the new tokens
     */
    public synchronized void renew(String expired) {
        if (!access().equals(expired)) {
            return;
        }
        if (!renewable()) {
            throw died(vendor.ended(), expired);
        }
        String refresh = stored(REFRESH).orElse("");
        if (!storeTakes(refresh)) {
            return;
        }
        Renewal renewal;
        try {
            renewal = vendor.renewal(refresh);
        } catch (Fault.Auth no) {
            if (!stored(REFRESH).equals(Optional.of(refresh))) {
                // Another hub was quicker: what it has is good.
                return;
            }
            throw died(no, expired);
        }
        if (renewal.life().compareTo(vendor.margin()) > 0) {
            String token = renewal.secrets().get(ACCESS);
            lifetime = Optional.of(new Lifetime(token, clock.instant().plus(renewal.life())));
        }
        Map<String, String> secrets = new HashMap<>();
        renewal.secrets().forEach((name, value) -> secrets.put(key(name), value));
        unsaved = Optional.of(new Unsaved(refresh, secrets));
        save();
    }

    private Fault.Auth died(Fault.Auth why, String token) {
        dead = Optional.of(new Dead(why, Optional.of(token), clock.instant()));
        return why;
    }

    private static Instant again(Dead dead) {
        return dead.since().plus(BETWEEN_TRIES);
    }

    /**
     * The vendor spends the refresh token with his reply. While the store takes nothing, a new pair
     * would be lost with this process; so it is written to before the vendor is asked.
     *
     * @return false: another hub has renewed meanwhile
     */
    private boolean storeTakes(String refresh) {
        String key = key(REFRESH);
        return companies.renewSecrets(company, key, refresh, Map.of(key, refresh));
    }

    /** A pair that the store could not keep at once must still be kept before it is used. */
    private void save() {
        if (unsaved.isEmpty()) {
            return;
        }
        Unsaved renewed = unsaved.get();
        companies.renewSecrets(company, key(REFRESH), renewed.usedUp(), renewed.secrets());
        unsaved = Optional.empty();
    }

    /**
     * Stores what a renewal gave and the store could not take then: the tokens before it are spent,
     * whoever serves the company next.
     *
     * @return false: the store still takes nothing
     */
    public synchronized boolean kept() {
        try {
            save();
            return true;
        } catch (Fault.Retryable later) {
            return false;
        }
    }

    private Optional<String> permanent() {
        return vendor.permanent().flatMap(this::stored);
    }

    private Optional<String> current() {
        return permanent().or(() -> stored(ACCESS));
    }

    /** A secret of this portal. */
    public Optional<String> stored(String name) {
        return companies.secret(company, key(name));
    }

    private String key(String name) {
        return vendor.portal().secretKey(name);
    }
}
