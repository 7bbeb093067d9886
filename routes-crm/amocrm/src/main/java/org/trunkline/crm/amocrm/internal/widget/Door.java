package org.trunkline.crm.amocrm.internal.widget;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.crm.amocrm.internal.AmocrmTokens;
import org.trunkline.crm.connector.portal.PortalRequests.Addressee;
import org.trunkline.crm.connector.portal.Rejected;
import org.trunkline.model.Json;
import org.trunkline.store.Companies;

/**
 * Lets in who comes from a portal's own page. Who is refused learns nothing; the log tells the
 * administrator why, once in a while.
 */
final class Door {

    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    /** Strangers can't fill the log. */
    private static final Duration BETWEEN_LINES = Duration.ofMinutes(1);

    private final Companies companies;
    private final Optional<URI> hub;
    private final Clock clock;
    private final SpentTokens spent;
    private final Map<String, Instant> toldAt = new ConcurrentHashMap<>();

    /**
     * @param hub the hub's public address; empty: nobody is let in
     */
    Door(Companies companies, Optional<URI> hub, Clock clock) {
        this.companies = companies;
        this.hub = hub;
        this.clock = clock;
        this.spent = new SpentTokens(clock);
    }

    /**
     * Uses the token up.
     *
     * @param token empty: there was none
     * @throws Rejected with 401 if it does not hold, or was used before
     */
    DisposableToken enter(Addressee to, Optional<String> token) {
        TokenCheck.Verdict verdict = verdict(to, token);
        if (verdict instanceof TokenCheck.Accepted accepted) {
            if (spent.spend(name(to), accepted.token())) {
                return accepted.token();
            }
            verdict = new TokenCheck.Refused("it was used before");
        }
        tell(to, ((TokenCheck.Refused) verdict).why());
        throw Rejected.stranger();
    }

    private TokenCheck.Verdict verdict(Addressee to, Optional<String> token) {
        Optional<String> secret = secret(to, "clientSecret");
        Optional<String> client = secret(to, "clientId");
        if (hub.isEmpty()) {
            return new TokenCheck.Refused(
                    "the hub does not know its address: set" + " TRUNKLINE_PUBLIC_URL");
        }
        if (secret.isEmpty() || client.isEmpty()) {
            return new TokenCheck.Refused(
                    "the company's document has no clientId and clientSecret"
                            + " for the portal: give those of the integration that the widget belongs to");
        }
        if (token.isEmpty()) {
            return new TokenCheck.Refused("there is none");
        }
        return new TokenCheck(secret.get(), client.get(), addresses(to), hub.get(), account(to))
                .of(token.get(), clock.instant());
    }

    /**
     * Where the account is: as its document says, and, once it was renamed, as it says itself. Its
     * people go on clicking while the document is old. Whoever takes a former address over has it
     * too: there are two only where the account is known by its number.
     */
    List<URI> addresses(Addressee to) {
        URI now = AmocrmTokens.base(to.portal(), secret(to, AmocrmTokens.HOST));
        return account(to).isEmpty()
                ? List.of(now)
                : Stream.of(to.portal().address(), now).distinct().toList();
    }

    /** As the account's own token for the hub names it, else as the account said itself. */
    private Optional<String> account(Addressee to) {
        return named(to).or(() -> secret(to, AmocrmTokens.ACCOUNT_ID).filter(id -> !id.isEmpty()));
    }

    private Optional<String> named(Addressee to) {
        return secret(to, "accessToken")
                .or(() -> secret(to, "longLivedToken"))
                .map(token -> token.split("\\."))
                .filter(parts -> parts.length == 3)
                .flatMap(parts -> claims(parts[1]))
                .map(claims -> claims.path("account_id").asText())
                .filter(id -> !id.isEmpty());
    }

    private static Optional<JsonNode> claims(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            return Optional.of(Json.tree(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException opaque) {
            return Optional.empty();
        }
    }

    private Optional<String> secret(Addressee to, String name) {
        return companies.secret(to.company(), to.portal().secretKey(name));
    }

    private void tell(Addressee to, String why) {
        Instant now = clock.instant();
        Instant before = toldAt.getOrDefault(name(to), Instant.MIN);
        if (!before.isAfter(now.minus(BETWEEN_LINES))) {
            toldAt.put(name(to), now);
            LOG.warn("The token of a widget's request of portal {} is refused: {}", name(to), why);
        }
    }

    private static String name(Addressee to) {
        return to.company() + "/" + to.portal().id();
    }
}
