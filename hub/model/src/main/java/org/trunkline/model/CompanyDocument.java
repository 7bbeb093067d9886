package org.trunkline.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The provisioning document of one company (contracts.md, "Provisioning"): read whole or refused
 * whole, with everything that is wrong.
 */
public final class CompanyDocument {

    /** What the company's site proves itself with (rule I6): it stands in an address. */
    private static final String REQUESTS = "requestSecret";

    private static final List<String> AUTH =
            List.of(
                    "clientId",
                    "clientSecret",
                    "accessToken",
                    "refreshToken",
                    "longLivedToken",
                    "memberId",
                    "applicationToken",
                    REQUESTS);

    private final Map<String, String> secrets = new HashMap<>();
    private final Set<String> storedSecrets;
    private String region = "RU";

    private CompanyDocument(Set<String> storedSecrets) {
        this.storedSecrets = storedSecrets;
    }

    /**
     * What was read, usable only without faults.
     *
     * @param secrets those given, by the key under which the store keeps them
     * @param warnings what is allowed but may surprise
     */
    public record Outcome(
            Company company,
            Map<String, String> secrets,
            List<DocumentFault> faults,
            List<DocumentFault> warnings) {}

    /**
     * Reads a document.
     *
     * @param companyId key of the company, from the address
     * @param presets the presets' settings by name
     * @param storedSecrets keys of the secrets kept already: these may be omitted
     */
    public static Outcome read(
            String companyId,
            JsonNode document,
            Map<String, JsonNode> presets,
            Set<String> storedSecrets) {
        DocumentReader in = DocumentReader.of(document);
        CompanyDocument reading = new CompanyDocument(storedSecrets);
        Company company = reading.company(companyId, in);
        List<DocumentFault> warnings = new ArrayList<>();
        new Links(company, presets, warnings).check(in);
        in.refuseUnknown();
        return new Outcome(
                company, Map.copyOf(reading.secrets), in.faults(), List.copyOf(warnings));
    }

    /** The document without anything secret, as it is stored and shown. */
    public static JsonNode withoutSecrets(JsonNode document) {
        ObjectNode shown = document.deepCopy();
        shown.path("pbx")
                .forEach(
                        pbx ->
                                Arrays.stream(PbxKind.values())
                                        .flatMap(CompanyDocument::secretNames)
                                        .forEach(name -> ((ObjectNode) pbx).remove(name)));
        shown.path("portals").forEach(portal -> ((ObjectNode) portal).remove("auth"));
        return shown;
    }

    private static Stream<String> secretNames(PbxKind kind) {
        return Stream.concat(kind.secrets().stream(), kind.optionalSecrets().stream());
    }

    private Company company(String companyId, DocumentReader in) {
        region = in.optionalText("region").orElse("RU").toUpperCase(Locale.ROOT);
        if (!PhoneNumber.knows(region)) {
            in.fault("region", "is no region", "give two letters as in ISO 3166, such as RU");
            region = "RU";
        }
        return new Company(
                companyId,
                in.text("name"),
                region,
                in.list("pbx", this::account),
                in.list("portals", this::portal),
                in.list("integrations", CompanyDocument::integration));
    }

    private PbxAccount account(DocumentReader in) {
        String id = in.id("id");
        PbxKind kind = in.oneOf("kind", PbxKind.class);
        boolean overAmi = kind == PbxKind.ASTERISK;
        boolean tls = overAmi && in.flag("tls", false);
        PbxAccount account =
                new PbxAccount(
                        id,
                        kind,
                        overAmi ? in.text("host") : "",
                        overAmi ? in.integer("port", tls ? 5039 : 5038, 1, 65535) : 0,
                        tls,
                        overAmi ? in.text("username") : "",
                        overAmi ? Optional.empty() : api(in),
                        in.list("lines", this::line),
                        in.list("employees", this::employee),
                        overAmi ? Optional.of(asterisk(in.object("asterisk"))) : Optional.empty());
        kind.secrets().forEach(name -> secret(in, name, account.secretKey(name), true));
        kind.optionalSecrets().forEach(name -> secret(in, name, account.secretKey(name), false));
        duplicates(in, "lines", account.lines(), line -> line.number().value());
        duplicates(in, "employees", account.employees(), Employee::id);
        duplicates(in, "employees", account.employees(), Employee::extension);
        return account;
    }

    private static Optional<URI> api(DocumentReader in) {
        return in.optionalText("api").map(text -> WebAddress.read(in, "api", text));
    }

    private static Asterisk asterisk(DocumentReader in) {
        DocumentReader recordings = in.object("recordings");
        Optional<String> directory = recordings.optionalText("directory");
        recordings.refuseUnknown();
        Asterisk asterisk =
                new Asterisk(
                        orElse(in.texts("trunkContexts"), List.of("from-trunk", "from-pstn")),
                        orElse(in.texts("internalContexts"), List.of("internal", "from-internal")),
                        in.optionalText("originateContext").orElse("all_peers"),
                        directory,
                        in.optionalText("certificate"));
        in.refuseUnknown();
        return asterisk;
    }

    private static List<String> orElse(List<String> given, List<String> otherwise) {
        return given.isEmpty() ? otherwise : given;
    }

    private Line line(DocumentReader in) {
        PhoneNumber number = number(in, in.text("number")).orElse(new PhoneNumber("", ""));
        Line.Kind kind = in.oneOf("kind", Line.Kind.class);
        Optional<String> employee = in.optionalText("employee");
        if (kind == Line.Kind.DIRECT && employee.isEmpty()) {
            in.fault("employee", "is missing", "name the employee whose direct number this is");
        }
        return new Line(number, kind, employee, in.flag("main", false));
    }

    private Employee employee(DocumentReader in) {
        return new Employee(
                in.id("id"),
                in.text("extension"),
                in.text("name"),
                in.optionalText("email"),
                in.optionalText("number").flatMap(text -> number(in, text)),
                in.flag("multichannelCallerId", false),
                in.flag("sip", true));
    }

    private Optional<PhoneNumber> number(DocumentReader in, String text) {
        Optional<PhoneNumber> number = PhoneNumber.read(text, region);
        if (!text.isEmpty() && number.filter(n -> n.value().startsWith("+")).isEmpty()) {
            in.fault("number", "is no phone number", "write it as +74951234567");
        }
        return number;
    }

    private Portal portal(DocumentReader in) {
        Portal portal =
                new Portal(
                        in.id("id"),
                        in.oneOf("kind", CrmKind.class),
                        in.optionalText("name").orElse(""),
                        WebAddress.read(in, "address", in.text("address")),
                        in.flag("main", false));
        if (portal.kind() == CrmKind.BITRIX24 && WebAddress.isWebhook(portal.address())) {
            in.fault(
                    "address",
                    "is an incoming webhook's; Bitrix24 lets none register or finish calls, keep"
                            + " external lines, bind events or placements",
                    "make a local application in the portal, and give the portal's own address,"
                            + " clientId and clientSecret");
        }
        DocumentReader auth = in.object("auth");
        boolean longLived =
                portal.kind() == CrmKind.AMOCRM
                        && (auth.has("longLivedToken")
                                || storedSecrets.contains(portal.secretKey("longLivedToken")));
        boolean comeByItself = longLived || connectsItself(auth, portal);
        AUTH.forEach(
                name ->
                        secret(
                                auth,
                                name,
                                portal.secretKey(name),
                                !comeByItself
                                        && (name.equals("accessToken")
                                                || name.equals("refreshToken"))));
        if (auth.has(REQUESTS) && !auth.value(REQUESTS).asText().matches("[A-Za-z0-9_-]{16,128}")) {
            auth.fault(
                    REQUESTS,
                    "must be 16 to 128 letters, digits, - or _",
                    "make one, such as by: openssl rand -hex 16");
        }
        auth.refuseUnknown();
        return portal;
    }

    /** A portal brings its tokens when an administrator of it installs the hub there (rule T1). */
    private boolean connectsItself(DocumentReader auth, Portal portal) {
        return Stream.of("clientId", "clientSecret").allMatch(name -> known(auth, portal, name))
                && Stream.of("accessToken", "refreshToken").noneMatch(auth::has);
    }

    private boolean known(DocumentReader auth, Portal portal, String name) {
        return auth.has(name) || storedSecrets.contains(portal.secretKey(name));
    }

    private void secret(DocumentReader in, String key, String storeKey, boolean mandatory) {
        Optional<String> given = in.optionalText(key);
        given.ifPresent(value -> secrets.put(storeKey, value));
        if (given.isEmpty() && mandatory && !in.has(key) && !storedSecrets.contains(storeKey)) {
            in.fault(key, "is missing and none is stored yet", "give it once");
        }
    }

    private static Integration integration(DocumentReader in) {
        Map<String, String> mapping = new HashMap<>();
        in.list(
                "mapping",
                pair -> {
                    String employee = pair.text("employee");
                    if (mapping.put(employee, pair.text("user")) != null) {
                        pair.fault("employee", "is mapped twice", "keep one user an employee");
                    }
                    return employee;
                });
        in.object("settings");
        JsonNode settings = in.value("settings");
        return new Integration(
                in.id("id"),
                in.text("pbx"),
                in.text("portal"),
                in.text("preset"),
                Map.copyOf(mapping),
                settings.isObject() ? settings : JsonNodeFactory.instance.objectNode());
    }

    static <T> void duplicates(
            DocumentReader in, String key, List<T> items, Function<T, String> name) {
        Set<String> seen = new HashSet<>();
        for (T item : items) {
            if (!name.apply(item).isEmpty() && !seen.add(name.apply(item))) {
                in.fault(key, "has '" + name.apply(item) + "' twice", "give each its own");
            }
        }
    }
}
