package org.trunkline.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.trunkline.model.CallRouting;
import org.trunkline.model.Company;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.model.PhoneNumber;
import org.trunkline.store.Companies;

/**
 * "Whom should this call ring?", asked by PBXs of one kind over HTTP or a protocol of their own.
 * Who asks must know a secret of the account.
 */
public final class RouteQuestions {

    private final Companies companies;
    private final CallRouting routing;
    private final PbxKind kind;
    private final List<String> secrets;

    /**
     * @param secrets names of those that an account may have; the first that it has counts, and an
     *     account that has none may not ask
     */
    public RouteQuestions(
            Companies companies, CallRouting routing, PbxKind kind, List<String> secrets) {
        this.companies = companies;
        this.routing = routing;
        this.kind = kind;
        this.secrets = List.copyOf(secrets);
    }

    PbxKind kind() {
        return kind;
    }

    /**
     * A question as it comes over the wire.
     *
     * @param caller as the PBX writes it; without digits: the caller hides the number
     * @param line likewise the company's number; without digits: not known
     */
    public record Question(
            String company, String account, String secret, String caller, String line) {

        /** Without the secret. */
        @Override
        public String toString() {
            return company + "/" + account;
        }
    }

    /** What becomes of it. */
    public sealed interface Answer {}

    /** There is no such account of this kind, or it has no secret to ask with. */
    public record Unknown() implements Answer {}

    /** The secret is wrong. */
    public record Stranger() implements Answer {}

    public record Told(CallRouting.Route route) implements Answer {}

    /**
     * Answers within milliseconds, see {@link CallRouting}.
     *
     * @throws org.trunkline.model.Fault.Retryable if the store can't be read
     */
    public Answer ask(Question question) {
        Optional<Company> company = companies.find(question.company());
        Optional<PbxAccount> account =
                company.flatMap(c -> c.account(question.account())).filter(a -> a.kind() == kind);
        if (account.isEmpty()) {
            return new Unknown();
        }
        Optional<String> expected = secret(company.get(), account.get());
        if (expected.isEmpty()) {
            return new Unknown();
        }
        if (!MessageDigest.isEqual(bytes(expected.get()), bytes(question.secret()))) {
            return new Stranger();
        }
        String region = company.get().region();
        return new Told(
                routing.route(
                        company.get(),
                        account.get(),
                        PhoneNumber.read(question.caller(), region),
                        PhoneNumber.read(question.line(), region)));
    }

    private Optional<String> secret(Company company, PbxAccount account) {
        return secrets.stream()
                .flatMap(name -> companies.secret(company.id(), account.secretKey(name)).stream())
                .findFirst();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
