package org.trunkline.crm.bitrix24.internal.install;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Our page inside the portal (rule T1). Pure: what it shows is decided before. */
final class AppPage {

    private static final Pattern PLACE = Pattern.compile("\\{\\{(\\w+)}}");
    private static final String TICK = "M10.5 18.5l5 5 10-11";
    private static final String MARK = "M18 9.5v10.5M18 26v.1";

    private static final String PAGE = resource("app.html");
    private static final String PANEL = resource("panel.html");

    private final Words words;

    AppPage(Words words) {
        this.words = words;
    }

    /**
     * What is behind the buttons.
     *
     * @param base address that actions are below
     * @param token for the first press
     */
    record Panel(String base, String token, String settings) {}

    /**
     * The page of a portal that is connected.
     *
     * @param explanation key of the text below
     * @param finish whether the portal is to be told that the installation is complete
     */
    String connected(
            String company, String explanation, boolean finish, String nonce, Panel panel) {
        Map<String, String> values = new HashMap<>();
        values.put("finish", Boolean.toString(finish));
        values.put("token", panel.token());
        values.put("base", panel.base());
        values.put("settings", panel.settings());
        values.put("refresh", words.get("refresh"));
        values.put("check", words.get("check"));
        values.put("settingsName", words.get("settings"));
        values.put("hint", words.get("hint"));
        return page(
                true, words.get("bound", company), words.get(explanation), nonce, values, PANEL);
    }

    /** The same for who may look only. */
    String watched(String company, String nonce) {
        return page(true, words.get("bound", company), words.get("onlyAdmin"), nonce, Map.of(), "");
    }

    /**
     * The page of a portal that is not connected.
     *
     * @param why key of the heading; with {@code Text} behind it that of what to do
     */
    String unconnected(String company, String why, String nonce) {
        return page(false, words.get(why), words.get(why + "Text", company), nonce, Map.of(), "");
    }

    private String page(
            boolean well,
            String state,
            String explanation,
            String nonce,
            Map<String, String> more,
            String panel) {
        Map<String, String> values = new HashMap<>(more);
        values.put("lang", words.language());
        values.put("title", words.get("title"));
        values.put("failed", words.get("failed"));
        values.put("busy", words.get("busy"));
        values.put("nonce", nonce);
        values.put("state", state);
        values.put("explanation", explanation);
        values.put("colour", well ? "#2a8a3e" : "#d9822b");
        values.put("sign", well ? TICK : MARK);
        return filled(PAGE.replace("{{panel}}", panel), values);
    }

    private static String filled(String template, Map<String, String> values) {
        return PLACE.matcher(template)
                .replaceAll(
                        place ->
                                Matcher.quoteReplacement(
                                        escaped(values.getOrDefault(place.group(1), ""))));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String resource(String name) {
        try (InputStream file = AppPage.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
