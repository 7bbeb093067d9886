package org.trunkline.pbx.mango.internal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.trunkline.model.Company;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxHealth;
import org.trunkline.model.PbxKind;
import org.trunkline.store.Companies;

/**
 * What was heard of each account since the hub's start. Mango is heard; asked it is only for what
 * is not urgent, so what was heard says how it is.
 */
public final class Senders {

    private enum Last {
        SIGNED,
        WRONGLY_SIGNED
    }

    private final Companies companies;
    private final Optional<String> publicUrl;
    private final Map<String, Last> last = new ConcurrentHashMap<>();

    /**
     * @param publicUrl where the outside world finds the hub
     */
    public Senders(Companies companies, Optional<String> publicUrl) {
        this.companies = companies;
        this.publicUrl = publicUrl;
    }

    void heard(Company company, PbxAccount account) {
        last.put(name(company, account), Last.SIGNED);
    }

    /** With the account's own key, which a stranger does not know. */
    void wronglySigned(Company company, PbxAccount account) {
        last.put(name(company, account), Last.WRONGLY_SIGNED);
    }

    private static String name(Company company, PbxAccount account) {
        return company.id() + "/" + account.id();
    }

    /** One entry an account of kind {@code mango}. */
    public List<PbxHealth> health() {
        return companies.all().stream()
                .flatMap(
                        company ->
                                company.pbx().stream()
                                        .filter(account -> account.kind() == PbxKind.MANGO)
                                        .map(account -> health(company, account)))
                .toList();
    }

    private PbxHealth health(Company company, PbxAccount account) {
        Last heard = last.get(name(company, account));
        if (heard == Last.SIGNED) {
            return told(company, account, "connected", "", "");
        }
        if (heard == Last.WRONGLY_SIGNED) {
            return told(
                    company,
                    account,
                    "refused",
                    "messages come with the account's key and a wrong signature",
                    "give apiSalt as Mango's cabinet shows it");
        }
        return told(
                company,
                account,
                "waiting",
                "Mango has sent nothing since the hub's start",
                "if calls were made since then: paste "
                        + address(company, account)
                        + " into Mango's cabinet as the address of the external system, and compare"
                        + " apiKey");
    }

    private String address(Company company, PbxAccount account) {
        return publicUrl.orElse("https://the-hub's-address").replaceFirst("/+$", "")
                + MangoRoutes.PREFIX
                + "/"
                + name(company, account);
    }

    private static PbxHealth told(
            Company company, PbxAccount account, String state, String reason, String cure) {
        return new PbxHealth(company.id(), account.id(), state, reason, cure);
    }
}
