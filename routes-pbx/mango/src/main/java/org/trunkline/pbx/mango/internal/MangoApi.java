package org.trunkline.pbx.mango.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.trunkline.model.Company;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Recording;
import org.trunkline.runtime.VendorApi;
import org.trunkline.store.Companies;

/** What is asked of Mango: signed forms, as it sends them (VPBX API 1.9, section 2.4.3). */
public final class MangoApi {

    /** Recordings whose texts are asked for at once: the vendor takes 500, but texts are long. */
    public static final int MOST_TEXTS = 50;

    private static final URI VENDOR = URI.create("https://app.mango-office.ru/vpbx");

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int MOST_BYTES = 8 * 1024 * 1024;

    private static final int DONE = 1000;

    private static final int OVERLOADED = 5008;

    /** A wrong signature, a wrong key. */
    private static final Set<Integer> OF_THE_ACCOUNT = Set.of(3102, 3105);

    /**
     * After one wrong request, further ones within two minutes lock the account out for two minutes
     * (section 1.4.1).
     */
    private static final Duration LOCKED = Duration.ofSeconds(130);

    private static final Duration BUSY = Duration.ofMinutes(1);

    private static final int MOST_HOPS = 3;

    private final VendorApi api;
    private final Companies companies;
    private final Clock clock;
    private final Map<String, Instant> lockedUntil = new ConcurrentHashMap<>();

    /** Recordings; a restart costs one more refusal. */
    private final Set<String> refusedOnce = ConcurrentHashMap.newKeySet();

    public MangoApi(VendorApi api, Companies companies, Clock clock) {
        this.api = api;
        this.companies = companies;
        this.clock = clock;
    }

    /**
     * Words by recording, a line a phrase (section 3.5.5).
     *
     * @throws Fault.Retryable if Mango does not answer, or refuses the request
     */
    public Map<String, String> texts(
            Company company, PbxAccount account, List<Recording> recordings) {
        ArrayNode ids = Json.MAPPER.createArrayNode();
        recordings.forEach(recording -> ids.add(recording.id()));
        ObjectNode question = Json.MAPPER.createObjectNode();
        // A text that holds the array, as in the vendor's example.
        question.put("recording_id", ids.toString());
        JsonNode answer = ask(company.id(), account, "/queries/recording_transcripts", question);
        Map<String, String> texts = new HashMap<>();
        for (JsonNode each : answer.path("data")) {
            texts.put(each.path("recording_id").asText(), words(each));
        }
        return texts;
    }

    /**
     * Saves a recording (section 3.5.1): Mango answers with an address that is good for one use.
     *
     * @throws Fault.Retryable if it is not there yet
     */
    public void save(String company, PbxAccount account, Recording recording, Path file) {
        ObjectNode question = Json.MAPPER.createObjectNode();
        question.put("recording_id", recording.id()).put("action", "download");
        VendorApi.Reply reply = send(company, account, "/queries/recording/post", question);
        if (reply.status() / 100 != 3 || reply.location().isEmpty()) {
            throw notGiven(company, account, recording, reply);
        }
        URI where = secure(VendorApi.led(URI.create(base(account)), reply.location().get()));
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            if (!safe(account, where)) {
                throw new Fault.Data(
                        "Mango leads to a recording at " + where.getAuthority() + " in the clear",
                        "nothing: recordings are fetched over https only");
            }
            Optional<URI> next = VendorApi.saved(where, api.recording(where, Map.of(), file), file);
            if (next.isEmpty()) {
                return;
            }
            where = secure(next.get());
        }
        throw new Fault.Retryable("Mango leads nowhere with a recording", Duration.ZERO);
    }

    /** The vendor's hosts have https, also where they lead to http. */
    static URI secure(URI where) {
        String host = Optional.ofNullable(where.getHost()).orElse("");
        return "http".equals(where.getScheme()) && host.endsWith(".mango-office.ru")
                ? URI.create(where.toString().replaceFirst("^http:(//[^:/?#]+)(:80)?", "https:$1"))
                : where;
    }

    /** What is wrong with one recording must not lock the account out again and again. */
    private Fault notGiven(
            String company, PbxAccount account, Recording recording, VendorApi.Reply reply) {
        Fault fault = refused(company, account, "/queries/recording/post", reply);
        int result = result(json(reply));
        String name = company + "/" + account.id() + "/" + recording.id();
        boolean ofTheRecording = result / 1000 == 3 && !OF_THE_ACCOUNT.contains(result);
        if (!ofTheRecording || refusedOnce.add(name)) {
            return fault;
        }
        refusedOnce.remove(name);
        return new Fault.Data(
                fault.getMessage(), "look whether Mango's office still has the recording");
    }

    private static int result(JsonNode answer) {
        return answer.path("result").asInt(answer.path("code").asInt());
    }

    /** A simulator has no https. */
    private static boolean safe(PbxAccount account, URI where) {
        return "https".equals(where.getScheme())
                || account.api().filter(api -> "http".equals(api.getScheme())).isPresent();
    }

    private static String words(JsonNode text) {
        List<String> lines = new ArrayList<>();
        for (JsonNode phrase : text.path("phrases")) {
            String side = phrase.path(0).asText();
            String who = text.path("names").path(side).asText(side);
            lines.add(who + ": " + phrase.path(1).asText());
        }
        return String.join("\n", lines);
    }

    private JsonNode ask(String company, PbxAccount account, String path, ObjectNode json) {
        VendorApi.Reply reply = send(company, account, path, json);
        JsonNode answer = json(reply);
        if (reply.success() && answer.path("result").asInt() == DONE) {
            return answer;
        }
        throw refused(company, account, path, reply);
    }

    private VendorApi.Reply send(String company, PbxAccount account, String path, ObjectNode json) {
        String name = company + "/" + account.id();
        Instant locked = lockedUntil.getOrDefault(name, Instant.MIN);
        if (locked.isAfter(clock.instant())) {
            throw new Fault.Retryable(
                    "Mango refused a request and is left alone until " + locked,
                    Duration.between(clock.instant(), locked));
        }
        return api.ask(
                new VendorApi.Question(
                        "POST",
                        URI.create(base(account) + path),
                        Map.of(),
                        Optional.of(form(company, account, json.toString())),
                        Optional.empty(),
                        LONGEST,
                        MOST_BYTES));
    }

    private Fault refused(String company, PbxAccount account, String path, VendorApi.Reply reply) {
        JsonNode answer = json(reply);
        int result = result(answer);
        String what = path + " answered " + reply.status() + ", result " + result;
        if (reply.status() == 401 || result / 1000 == 3) {
            lockedUntil.put(company + "/" + account.id(), clock.instant().plus(LOCKED));
            return new Fault.Retryable(
                    reply.status() == 401 || OF_THE_ACCOUNT.contains(result)
                            ? what + ": compare apiKey and apiSalt"
                            : what,
                    LOCKED);
        }
        boolean busy =
                reply.status() == 429
                        || reply.status() == 503
                        || answer.path("status").asInt() == 429
                        || result == OVERLOADED;
        return new Fault.Retryable(what, busy ? BUSY : Duration.ZERO);
    }

    private String form(String company, PbxAccount account, String json) {
        String key = secret(company, account, "apiKey");
        String sign = SignedForm.signature(key, json, secret(company, account, "apiSalt"));
        return "vpbx_api_key=" + encoded(key) + "&sign=" + sign + "&json=" + encoded(json);
    }

    private String secret(String company, PbxAccount account, String name) {
        return companies.secret(company, account.secretKey(name)).orElse("");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String base(PbxAccount account) {
        return account.api().orElse(VENDOR).toString().replaceAll("/+$", "");
    }

    private static JsonNode json(VendorApi.Reply reply) {
        try {
            return Json.MAPPER.readTree(reply.body());
        } catch (IOException e) {
            throw new Fault.Retryable("Mango answered " + reply.status() + " without JSON", e);
        }
    }
}
