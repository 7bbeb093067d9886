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
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/**
 * Mango Office: signed forms, one an event. The sequences are those of the translator's tests.
 *
 * @param edit what is different from the sequence as written, such as who rings
 */
record MangoCloud(Http hub, String company, UnaryOperator<String> edit) implements NativePbx {

    private static final String KEY = "mango-key-of-tests";
    private static final String SALT = "mango-salt-of-tests";
    private static final Path SEQUENCES =
            Checkout.root().resolve("routes-pbx/mango/src/test/resources/sequences");

    static MangoCloud of(Hub hub, String company) {
        return new MangoCloud(hub.stranger(), company, UnaryOperator.identity());
    }

    /** The same PBX, where these employees take the parts of those: "201", "203", … in pairs. */
    MangoCloud cast(String... pairs) {
        return new MangoCloud(
                hub,
                company,
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
    }

    @Override
    public void play(String call, String client) {
        tell(call, client, Integer.MAX_VALUE);
    }

    /**
     * @param most only the first messages, for a call that goes on
     */
    void tell(String call, String client, int most) {
        JsonNode messages = Http.parse(read(call)).path("messages");
        for (int i = 0; i < Math.min(most, messages.size()); i++) {
            JsonNode message = messages.get(i);
            String json =
                    edit.apply(message.path("json").toString())
                            .replace("\"E1\"", "\"E" + client + "\"")
                            .replace("\"74955404444\"", "\"" + client.substring(1) + "\"")
                            .replace("\"79161234567\"", "\"" + client.substring(1) + "\"");
            send(message.path("kind").asText(), json);
        }
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
    private static String sign(String json) {
        try {
            byte[] text = (KEY + json + SALT).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
