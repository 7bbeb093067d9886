package org.trunkline.pbx.uis.internal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.trunkline.model.Company;
import org.trunkline.model.Json;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;
import org.trunkline.runtime.WebhookRoutes.Addressee;
import org.trunkline.store.Companies;

/**
 * What came from which account since the start. UIS holds no connection, so an account is waiting
 * until it is heard, and connected from then on; refusals are told beside it.
 */
public final class Heard {

    private final Companies companies;
    private final Map<String, Instant> taken = new ConcurrentHashMap<>();
    private final Map<String, Instant> refused = new ConcurrentHashMap<>();

    public Heard(Companies companies) {
        this.companies = companies;
    }

    void taken(Addressee from, Instant at) {
        taken.put(key(from.company(), from.account()), at);
    }

    void refused(Addressee from, Instant at) {
        refused.put(key(from.company(), from.account()), at);
    }

    /** One entry an account. */
    public List<PbxHealth> health() {
        return companies.all().stream()
                .flatMap(
                        company ->
                                company.pbx().stream()
                                        .filter(account -> account.kind() == PbxKind.UIS)
                                        .map(account -> health(company, account)))
                .toList();
    }

    private PbxHealth health(Company company, PbxAccount account) {
        Optional<Instant> good = Optional.ofNullable(taken.get(key(company, account)));
        Optional<Instant> bad = Optional.ofNullable(refused.get(key(company, account)));
        String reason = "";
        String cure = "";
        if (bad.isPresent() && good.filter(at -> at.isAfter(bad.get())).isEmpty()) {
            reason = "a sender with a wrong secret was refused at " + Json.time(bad.get());
            cure = "compare the address in the notifications with webhookSecret (docs/uis.md)";
        } else if (good.isEmpty()) {
            reason = "no notification since the start of the hub";
            cure = "if there were calls: set the notifications up as in docs/uis.md";
        }
        String state = good.isPresent() ? "connected" : "waiting";
        return new PbxHealth(company.id(), account.id(), state, reason, cure);
    }

    private static String key(Company company, PbxAccount account) {
        return company.id() + "/" + account.id();
    }
}
