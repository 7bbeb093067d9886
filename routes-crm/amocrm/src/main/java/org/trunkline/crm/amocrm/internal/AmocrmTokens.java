package org.trunkline.crm.amocrm.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.trunkline.crm.connector.PortalHttp;
import org.trunkline.crm.connector.Tokens;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.model.Portal;
import org.trunkline.store.Companies;

/**
 * An amoCRM account's tokens and where it is (rule T3). A pair holds for a day; its refresh token
 * works once, within three months. A long-lived token goes before them and is never renewed.
 */
public final class AmocrmTokens implements Tokens.Vendor {

    /** Name of the secret that is used before all others. */
    public static final String LONG_LIVED = "longLivedToken";

    /** Name of the secret with the vendor's number of the account. */
    public static final String ACCOUNT_ID = "accountId";

    /** Name of the secret with the provisioned address and, behind a space, the present one. */
    public static final String HOST = "host";

    /** A lost reply to a renewal may end the authorisation: there is time to try again. */
    private static final Duration MARGIN = Duration.ofMinutes(10);

    private final Companies companies;
    private final String company;
    private final Supplier<Portal> portal;
    private final TokenServer server;
    private final Tokens tokens;

    /**
     * @param redirectUri the hub's own address that the integration names, which each request for
     *     tokens repeats
     */
    public AmocrmTokens(
            Companies companies,
            String company,
            Supplier<Portal> portal,
            PortalHttp http,
            String redirectUri,
            Clock clock) {
        this.companies = companies;
        this.company = company;
        this.portal = portal;
        this.tokens = new Tokens(companies, company, this, clock);
        this.server = new TokenServer(http, redirectUri, tokens::stored);
    }

    /**
     * The access token for the next request.
     *
     * @throws Fault.Auth while the account takes none
     */
    public String access() {
        return tokens.access();
    }

    /**
     * Likewise, but renewed first if it is about to end.
     *
     * @throws Fault.Auth while the account takes none
     */
    public String fresh() {
        return tokens.fresh();
    }

    /** The access token that the account may have ended, for {@link #renew}. */
    public String last() {
        return tokens.last();
    }

    /**
     * Renews a token that the account says has expired, unless that was done meanwhile.
     *
     * @throws Fault.Auth if it can't be renewed ever
     * @throws Fault.Retryable if it can't be renewed now
     */
    public void renew(String expired) {
        tokens.renew(expired);
    }

    /** The account said that this token, if it is still in use, is dead. */
    public void refused(String token, Fault.Auth fault) {
        tokens.refused(token, fault);
    }

    /** See {@link Tokens#kept}. */
    public boolean kept() {
        return tokens.kept();
    }

    /** When the token in use ends; empty: it does not tell, or there is none. */
    public Optional<Instant> ends() {
        return tokens.stored(LONG_LIVED).or(() -> tokens.stored(Tokens.ACCESS)).flatMap(this::exp);
    }

    /** Whether the token in use is one that nobody can renew. */
    public boolean longLived() {
        return !tokens.renewable();
    }

    /** A part of what is stored of the account's authorisation. */
    public Optional<String> stored(String name) {
        return tokens.stored(name);
    }

    /** Where the account is: where it said last, unless its address was changed since. */
    public URI base() {
        return base(portal.get(), tokens.stored(HOST));
    }

    /**
     * Likewise.
     *
     * @param host the secret {@link #HOST}
     */
    public static URI base(Portal portal, Optional<String> host) {
        String known = portal.address() + " ";
        return host.filter(said -> said.startsWith(known))
                .map(said -> URI.create(said.substring(known.length())))
                .orElseGet(portal::address);
    }

    /**
     * The address that a host of the account means.
     *
     * @param host as the vendor names it, without the scheme
     * @return empty if tokens may not be sent there
     */
    public Optional<URI> at(String host) {
        URI own = portal.get().address();
        String scheme = loopback(own) ? own.getScheme() : "https";
        return Optional.of(host)
                .filter(text -> text.matches("[A-Za-z0-9.:/_\\[\\]-]+"))
                .map(text -> URI.create(scheme + "://" + text.replaceAll("/+$", "")))
                .filter(this::trusted);
    }

    /** The vendor's own hosts; and a simulator's on this machine. */
    private boolean trusted(URI base) {
        URI own = portal.get().address();
        if (base.getHost() == null) {
            return false;
        }
        boolean vendors =
                base.getHost()
                                .matches(
                                        "(?i)[a-z0-9-]+(\\.[a-z0-9-]+)?\\.(amocrm\\.(ru|com)|kommo\\.com)")
                        && base.getPath().isEmpty()
                        && base.getPort() < 0;
        return vendors || base.getHost().equals(own.getHost()) && base.getPort() == own.getPort();
    }

    private static boolean loopback(URI uri) {
        String host = uri.getHost();
        return host != null && host.matches("localhost|127(\\.\\d+){3}|\\[::1]");
    }

    /** The account has a new host, which is {@link #at trusted}. */
    public void moved(URI base) {
        if (!base.equals(base())) {
            companies.putSecrets(company, Map.of(portal.get().secretKey(HOST), host(base)));
        }
    }

    private String host(URI base) {
        return portal.get().address() + " " + base;
    }

    /**
     * Tokens for the code that came with a consent.
     *
     * @param base of the account that gave it
     * @return what to store, by name
     * @throws Fault.Auth if the account does not take the code
     * @throws Fault.Retryable if it can't be asked now
     */
    public Map<String, String> exchange(URI base, String code) {
        Map<String, String> secrets =
                new HashMap<>(
                        server.tokens(
                                        base,
                                        Map.of("grant_type", "authorization_code", "code", code))
                                .secrets());
        secrets.put(HOST, host(base));
        return secrets;
    }

    /**
     * The account as a token shows it that is not ours yet.
     *
     * @throws Fault.Auth if the account does not take the token
     * @throws Fault.Retryable if it can't be asked now
     */
    public JsonNode account(URI base, String token) {
        return server.account(base, token);
    }

    @Override
    public Tokens.Renewal renewal(String refreshToken) {
        return server.tokens(
                base(), Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    @Override
    public Portal portal() {
        return portal.get();
    }

    @Override
    public Duration margin() {
        return MARGIN;
    }

    @Override
    public Optional<String> permanent() {
        return Optional.of(LONG_LIVED);
    }

    @Override
    public Fault.Auth unconnected() {
        return Cures.unconnected(companies, company, portal.get());
    }

    @Override
    public Fault.Auth ended() {
        return new Fault.Auth(
                "amoCRM takes the long-lived token no more",
                "make a new one in the integration's settings in the account, and put it into the"
                        + " provisioning document as longLivedToken");
    }

    /** Tokens that live for less than the margin are renewed when the account says so. */
    @Override
    public Optional<Instant> end(String token) {
        JsonNode claims = claims(token);
        long life = claims.path("exp").asLong() - claims.path("iat").asLong();
        return exp(token).filter(end -> life > MARGIN.toSeconds());
    }

    private Optional<Instant> exp(String token) {
        return Optional.of(claims(token).path("exp").asLong())
                .filter(seconds -> seconds > 0)
                .map(Instant::ofEpochSecond);
    }

    /** Read, not believed: only the account can tell whether a token holds. */
    private static JsonNode claims(String token) {
        String[] parts = token.split("\\.");
        try {
            String text =
                    parts.length == 3
                            ? new String(
                                    Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8)
                            : "{}";
            return Json.tree(text);
        } catch (IllegalArgumentException noJwt) {
            return Json.MAPPER.createObjectNode();
        }
    }
}
