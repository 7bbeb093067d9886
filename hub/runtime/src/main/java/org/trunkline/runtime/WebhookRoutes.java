package org.trunkline.runtime;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.LoggingLevel;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;
import org.trunkline.store.Companies;

/**
 * Routes that take what a PBX sends by itself, below {@code /pbx/{kind}/{company}/{account}}, with
 * the statuses that contracts promise: 404 unknown account, 401 wrong secret or signature, 400
 * malformed, 503 with Retry-After while the store can't be written. (413 is the gate's.)
 *
 * <p>A sender must get 200 only after {@code journal:append}: end a route with {@link #taken}.
 */
public abstract class WebhookRoutes extends RouteBuilder {

    private static final Map<Integer, String> TITLES =
            Map.of(
                    400, "Bad Request",
                    401, "Unauthorized",
                    404, "Not Found",
                    503, "Service Unavailable");

    private static final int RETRY_AFTER_SECONDS = 5;

    private final Companies companies;
    private final PbxKind kind;

    protected WebhookRoutes(Companies companies, PbxKind kind) {
        this.companies = companies;
        this.kind = kind;
    }

    /** Whom the path names. */
    public record Addressee(Company company, PbxAccount account) {}

    /** Why a request is not taken. */
    public static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int status;

        private Refused(int status, String message) {
            super(message, null, false, false);
            this.status = status;
        }
    }

    /** No such account of this kind. */
    protected static Refused unknown() {
        return new Refused(404, "");
    }

    /** The secret or the signature is wrong; the sender learns nothing more. */
    protected static Refused stranger() {
        return new Refused(401, "");
    }

    /**
     * The request cannot be read.
     *
     * @param message names the field and the cure; shown to the sender, who is authenticated
     */
    protected static Refused malformed(String message) {
        return new Refused(400, message);
    }

    @Override
    public final void configure() {
        onException(Refused.class)
                .handled(true)
                .process(e -> refuse(e, e.getProperty(Exchange.EXCEPTION_CAUGHT, Refused.class)))
                .id("refuse");
        onException(Fault.Data.class)
                .handled(true)
                .log(LoggingLevel.WARN, "${exception.message}")
                .process(e -> reply(e, 400, "this can't be stored"))
                .id("refuse-for-good");
        onException(Fault.Retryable.class)
                .handled(true)
                .log(LoggingLevel.WARN, "${exception.message}")
                .process(e -> reply(e, 503, "the store can't be written now"))
                .id("ask-to-come-again");
        routes();
    }

    /** The routes themselves. */
    protected abstract void routes();

    /**
     * The account that {@code {company}} and {@code {account}} of the path name.
     *
     * @throws Refused if there is none of this kind
     */
    protected final Addressee addressee(Exchange exchange) {
        Company company =
                companies.find(path(exchange, "company")).orElseThrow(WebhookRoutes::unknown);
        return company.account(path(exchange, "account"))
                .filter(account -> account.kind() == kind)
                .map(account -> new Addressee(company, account))
                .orElseThrow(WebhookRoutes::unknown);
    }

    /** A secret of the account; empty: none is stored, so nobody may pass. */
    protected final Optional<String> secret(Addressee addressee, String name) {
        return companies.secret(addressee.company().id(), addressee.account().secretKey(name));
    }

    /** In a time that tells nothing of where the texts begin to differ. */
    protected static boolean same(String expected, String given) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** A part of the path; empty if it is missing or a query parameter was mixed in. */
    protected static String path(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name) instanceof String text ? text : "";
    }

    /** The raw bytes, for a signature is checked before anything is read. */
    protected static byte[] body(Exchange exchange) {
        byte[] body = exchange.getMessage().getBody(byte[].class);
        return body == null ? new byte[0] : body;
    }

    /** The last step of a route: what was sent is on disk. */
    protected static void taken(Exchange exchange) {
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
        message.setBody(null);
    }

    private static void refuse(Exchange exchange, Refused refused) {
        reply(exchange, refused.status, refused.getMessage());
    }

    private static void reply(Exchange exchange, int status, String detail) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "about:blank");
        problem.put("title", TITLES.get(status));
        problem.put("status", status);
        if (!detail.isEmpty()) {
            problem.put("detail", detail);
        }
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
        message.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
        if (status == 503) {
            message.setHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        message.setBody(Json.write(problem));
    }
}
