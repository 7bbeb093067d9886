package org.trunkline.itests;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Mango Office: signed forms, one an event. The sequences are those of the translator's tests.
 *
 * @param api what it is asked
 * @param edit what is different from the sequence as written, such as who rings
 */
record MangoCloud(Http hub, String company, MangoApiCloud api, UnaryOperator<String> edit)
        implements NativePbx {

    static final String KEY = "mango-key-of-tests";
    private static final String SALT = "mango-salt-of-tests";

    /**
     * Seconds since 1970: of the sequences that were composed, and of those in Mango's document.
     */
    private static final List<Long> LATEST_IN_SEQUENCES = List.of(1795290600L, 1399957036L);

    private static final Path SEQUENCES =
            Checkout.root().resolve("routes-pbx/mango/src/test/resources/sequences");

    static MangoCloud of(Hub hub, String company) {
        return new MangoCloud(
                hub.stranger(), company, new MangoApiCloud(), UnaryOperator.identity());
    }

    /** The same PBX, where these employees take the parts of those: "201", "203", … in pairs. */
    MangoCloud cast(String... pairs) {
        return new MangoCloud(
                hub,
                company,
                api,
                text -> {
                    String marked = text;
                    for (int i = 0; i < pairs.length; i += 2) {
                        marked =
                                marked.replace("\"" + pairs[i] + "\"", "\"~" + pairs[i + 1] + "\"");
                    }
                    return marked.replace("\"~", "\"");
                });
    }

    @Override
    public void describe(ObjectNode account) {
        account.put("kind", "mango").put("apiKey", KEY).put("apiSalt", SALT);
        account.put("api", api.address());
    }

    @Override
    public void play(String call, String client) {
        tell(call, client, Integer.MAX_VALUE);
    }

    /**
     * @param most only the first messages, for a call that goes on
     */
    void tell(String call, String client, int most) {
        tell(call, client, 0, most);
    }

    /**
     * @param from the first message, 0 = where the call begins
     * @param to the first that is not told
     */
    void tell(String call, String client, int from, int to) {
        JsonNode messages = Http.parse(read(call)).path("messages");
        Instant now = Instant.now();
        for (int i = from; i < Math.min(to, messages.size()); i++) {
            JsonNode message = messages.get(i);
            String json =
                    edit.apply(message.path("json").toString())
                            .replace("\"E1\"", "\"E" + client + "\"")
                            .replaceAll("\"r(50\\d):", "\"" + recording(client) + "-$1:")
                            .replace("\"74955404444\"", "\"" + client.substring(1) + "\"")
                            .replace("\"79161234567\"", "\"" + client.substring(1) + "\"");
            send(message.path("kind").asText(), minutesAgo(json, now));
        }
    }

    /** What ids of a client's recordings begin with. */
    private static String recording(String client) {
        return "r" + client.substring(1);
    }

    /** The sequences are of one old hour; what follows a call has a limit in time. */
    private static String minutesAgo(String json, Instant now) {
        String moved = json;
        for (long latest : LATEST_IN_SEQUENCES) {
            long later = now.getEpochSecond() - latest;
            moved =
                    Pattern.compile("\\b" + latest / 100_000 + "\\d{5}\\b")
                            .matcher(moved)
                            .replaceAll(at -> Long.toString(Long.parseLong(at.group()) + later));
        }
        return moved;
    }

    /** Mango's speech analytics are done with the one recording of such a call, and it says so. */
    void recognised(String client, List<List<String>> phrases) {
        String recording = recording(client) + "-500:257";
        api.recognised(recording, phrases);
        String tagged =
                "{\"entry_id\":\"E%s\",\"product_id\":1,\"user_id\":-1,\"timestamp\":%d,\"recording_id\":\"%s\"}";
        send("record/tagged", tagged.formatted(client, Instant.now().getEpochSecond(), recording));
    }

    @Override
    public void close() {
        api.close();
    }

    private static String read(String call) {
        try {
            return Files.readString(SEQUENCES.resolve(call + ".json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(String kind, String json) {
        String form =
                "vpbx_api_key=%s&sign=%s&json=%s"
                        .formatted(
                                KEY, sign(json), URLEncoder.encode(json, StandardCharsets.UTF_8));
        PresetCompany.accepted(hub.form("/pbx/mango/" + company + "/office/events/" + kind, form));
    }

    /** By Mango's document: SHA-256 over key, text and salt. */
    static String sign(String json) {
        try {
            byte[] text = (KEY + json + SALT).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
