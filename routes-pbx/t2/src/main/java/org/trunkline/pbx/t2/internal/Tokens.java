package org.trunkline.pbx.t2.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxAccount;
import org.trunkline.store.Companies;

/**
 * An account's pair of tokens. The refresh token is good for one renewal, so one is under way at a
 * time, and the new pair is stored before it is used.
 */
final class Tokens {

    private static final String CURE =
            "make a new pair of tokens in t2's web interface and put accessToken and refreshToken"
                    + " into the provisioning document";

    private final Companies companies;
    private final String company;
    private final PbxAccount account;
    private final Rest rest;
    private final URI renewal;
    private final Duration betweenTries;
    private final Clock clock;

    private Optional<Renewed> unsaved = Optional.empty();
    private Optional<Dead> dead = Optional.empty();

    private record Renewed(String usedUp, Map<String, String> secrets) {}

    /** A refresh token that t2 does not take. */
    private record Dead(String refreshToken, Instant since) {}

    Tokens(
            Companies companies,
            String company,
            PbxAccount account,
            Rest rest,
            URI renewal,
            Duration betweenTries,
            Clock clock) {
        this.companies = companies;
        this.company = company;
        this.account = account;
        this.rest = rest;
        this.renewal = renewal;
        this.betweenTries = betweenTries;
        this.clock = clock;
    }

    /**
     * The access token for the next request.
     *
     * @throws Fault.Retryable if a renewed pair can't be stored yet
     */
    synchronized String access() {
        save();
        return stored("accessToken");
    }

    /**
     * Renews an access token that t2 refused, unless that was done meanwhile.
     *
     * @throws Fault.Auth if t2 does not take the refresh token
     * @throws Fault.Retryable if it can't be asked now, or the new pair can't be stored
     */
    synchronized void renew(String refused) {
        if (!access().equals(refused)) {
            return;
        }
        String refresh = stored("refreshToken");
        if (dead.filter(d -> d.refreshToken().equals(refresh) && !dueAgain(d)).isPresent()) {
            throw refusal();
        }
        if (!storeTakes(refresh)) {
            return;
        }
        Rest.Reply reply = rest.ask("PUT", renewal, refresh);
        if (reply.status() / 100 == 4 && reply.status() != 429) {
            dead = Optional.of(new Dead(refresh, clock.instant()));
            throw refusal();
        }
        JsonNode pair = reply.json("the renewal of the tokens");
        String access = pair.path("accessToken").asText();
        String next = pair.path("refreshToken").asText();
        if (access.isEmpty() || next.isEmpty()) {
            throw new Fault.Retryable("the renewal answered without tokens", Duration.ZERO);
        }
        unsaved =
                Optional.of(
                        new Renewed(
                                refresh,
                                Map.of(key("accessToken"), access, key("refreshToken"), next)));
        save();
    }

    /**
     * t2 spends the refresh token with its reply. While the store takes nothing, a new pair would
     * be lost with this process; so it is written to before t2 is asked.
     *
     * @return false: another hub has renewed meanwhile
     */
    private boolean storeTakes(String refresh) {
        String key = key("refreshToken");
        return companies.renewSecrets(company, key, refresh, Map.of(key, refresh));
    }

    private boolean dueAgain(Dead d) {
        return !clock.instant().isBefore(d.since().plus(betweenTries));
    }

    private static Fault.Auth refusal() {
        return new Fault.Auth("t2 does not take the refresh token", CURE);
    }

    /** A pair that could not be kept at once must still be kept before it is used. */
    private void save() {
        unsaved.ifPresent(
                renewed ->
                        companies.renewSecrets(
                                company, key("refreshToken"), renewed.usedUp(), renewed.secrets()));
        unsaved = Optional.empty();
    }

    private String stored(String name) {
        return companies.secret(company, key(name)).orElse("");
    }

    private String key(String name) {
        return account.secretKey(name);
    }
}
