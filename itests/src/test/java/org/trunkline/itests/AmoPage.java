package org.trunkline.itests;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A page of a simulated amoCRM portal in a browser: at the portal's own origin, with a stand-in for
 * what amoCRM gives a widget, and with our widget out of its archive.
 *
 * @param files of the archive, by path
 * @param portal the simulated portal's name
 */
record AmoPage(Chromium browser, Map<String, byte[]> files, Sandbox sandbox, String portal) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Opens the page.
     *
     * @param user who is logged in there
     * @param hub what the widget's settings hold as the portal's address in the hub
     * @param audience where the integration's redirect address points
     */
    void open(String lang, String user, String hub, String audience) {
        boolean russian = lang.equals("ru");
        browser.open(sandbox.address() + "/sandbox/amocrm/" + portal + "/_state");
        browser.awaitIn(sandbox.address(), "document.readyState", "complete");
        run("document.documentElement.innerHTML = " + quoted(resource("amo-page.html")));
        run(
                "document.getElementById('name').textContent = "
                        + quoted(russian ? "Анна Смирнова" : "Anna Smirnova"));
        run(
                "document.getElementById('work').textContent = "
                        + quoted(russian ? "Рабочий телефон" : "Work phone"));
        run(resource("amo-page.js"));
        run(text("script.js"));
        ObjectNode options = JSON.createObjectNode();
        options.put("lang", lang).put("user", user).put("audience", audience);
        options.put("tokens", "/sandbox/amocrm/" + portal + "/_jwt");
        options.set("words", Http.parse(text("i18n/" + lang + ".json")));
        options.putObject("settings").put("hub", hub);
        // The style sheet with its path behind it, which the comment swallows.
        String style = URLEncoder.encode(text("style.css") + "/*", StandardCharsets.UTF_8);
        options.put("path", "data:text/css," + style.replace("+", "%20"));
        run("page.managers = " + managers());
        assertThatItStarts("page.start(" + options + ")");
        run("page.watch()");
    }

    private void assertThatItStarts(String script) {
        String started = browser.in(sandbox.address(), script).orElse("");
        if (!started.equals("true")) {
            throw new AssertionError("the widget did not start: " + started + browser.complaints());
        }
    }

    /** Clicks a number. */
    void click(String number) {
        run("document.getElementById('phone').textContent = " + quoted(number));
        run("document.getElementById('phone').click()");
    }

    void openSettings() {
        run("page.openSettings()");
    }

    void awaitCard(String words) {
        browser.awaitIn(
                sandbox.address(), "document.querySelector('.trunkline-card').textContent", words);
    }

    void awaitSettings(String words) {
        browser.awaitIn(
                sandbox.address(), "document.getElementById('settings').textContent", words);
    }

    /** What the card showed so far, each state once in a row. */
    List<String> states() {
        return List.of(browser.in(sandbox.address(), "page.states").orElse("").split(","));
    }

    private void run(String script) {
        browser.in(sandbox.address(), "(function () {" + script + "\n})()");
    }

    /** As amoCRM's {@code constant('managers')}: the account's active users. */
    private JsonNode managers() {
        return StreamSupport.stream(
                        sandbox.state("amocrm", portal).path("users").spliterator(), false)
                .collect(
                        Collectors.reducing(
                                JSON.createObjectNode(),
                                user -> {
                                    ObjectNode one = JSON.createObjectNode();
                                    one.putObject(user.path("id").asText())
                                            .put("id", user.path("id").asText())
                                            .put("title", user.path("name").asText())
                                            .put(
                                                    "active",
                                                    user.at("/rights/is_active").asBoolean());
                                    return one;
                                },
                                (all, one) -> all.setAll(one)));
    }

    private String text(String file) {
        return new String(files.get(file), StandardCharsets.UTF_8);
    }

    private static String resource(String name) {
        try (InputStream in = AmoPage.class.getResourceAsStream("/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String text) {
        try {
            return JSON.writeValueAsString(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
