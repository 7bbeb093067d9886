package org.trunkline.crm.delivery.internal.recordings;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.store.Companies;

/**
 * The key that each company's links are signed with, kept among its secrets. Another hub may renew
 * it at any time. Thread-safe.
 */
final class LinkKeys {

    static final String SECRET = Company.SECRETS + "recording-links";

    /** Guesses cost the store no more than one look a company in this time. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private static final int BYTES = 32;

    /** For whom there is no such company: looked up and compared like all others. */
    private static final String NOBODY = "";

    private record Known(String key, Instant readAt) {}

    private final Companies companies;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final String nobodys = fresh();
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    LinkKeys(Companies companies, Clock clock) {
        this.companies = companies;
        this.clock = clock;
    }

    /** To sign with; made at its first use. */
    String current(String company) {
        return companies
                .secret(company, SECRET)
                .orElseGet(
                        () -> {
                            // If another hub was quicker, its key counts.
                            companies.renewSecrets(company, SECRET, "", Map.of(SECRET, fresh()));
                            return companies.secret(company, SECRET).orElseThrow();
                        });
    }

    /** Whether the key that is in force now passes; one that was renewed a moment ago does not. */
    boolean passes(String company, Predicate<String> test) {
        String whose = companies.find(company).isPresent() ? company : NOBODY;
        Known before = known.get(whose);
        boolean recent = before != null && before.readAt().plus(FRESH).isAfter(clock.instant());
        if (recent && !test.test(before.key())) {
            return false;
        }
        Known now = new Known(companies.secret(whose, SECRET).orElse(nobodys), clock.instant());
        known.put(whose, now);
        return test.test(now.key());
    }

    /**
     * @throws Fault.Data if there is no such company
     */
    void renew(String company) {
        companies.putSecrets(company, Map.of(SECRET, fresh()));
        known.remove(company);
    }

    private String fresh() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Seal.encoded(bytes);
    }
}
