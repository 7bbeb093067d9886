package org.trunkline.pbx.t2.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxAccount;
import org.trunkline.runtime.VendorApi;

/** What is asked of t2's open API. */
final class T2Client {

    private static final URI VENDOR = URI.create("https://ats2.t2.ru/crm/openapi");

    private static final int PAGE = 100;

    /** Of records in one look: two weeks of a busy company. */
    private static final int MOST_PAGES = 200;

    /** The vendor wants an offset, not a Z; Moscow's is its own. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx").withZone(ZoneOffset.ofHours(3));

    private final String base;
    private final Rest rest;
    private final Tokens tokens;

    T2Client(PbxAccount account, Rest rest, Tokens tokens) {
        this.base = base(account);
        this.rest = rest;
        this.tokens = tokens;
    }

    /** Base address of the account's API, without a slash at its end. */
    static String base(PbxAccount account) {
        return account.api().orElse(VENDOR).toString().replaceAll("/+$", "");
    }

    static URI renewal(PbxAccount account) {
        return URI.create(base(account) + "/authorization/refresh/token");
    }

    /** The live calls now. */
    List<Row> rows() {
        return Row.of(get("/monitoring/calls", ""), get("/monitoring/calls/pending", ""));
    }

    /** Records of calls that began in this time. */
    List<HistoryRecord> records(Instant from, Instant to) {
        List<HistoryRecord> records = new ArrayList<>();
        for (int page = 0; page < MOST_PAGES; page++) {
            JsonNode answer =
                    get(
                            "/call-records/info",
                            "start="
                                    + time(from)
                                    + "&end="
                                    + time(to)
                                    + "&page="
                                    + page
                                    + "&size="
                                    + PAGE);
            JsonNode items = answer.isArray() ? answer : answer.path("content");
            StreamSupport.stream(items.spliterator(), false)
                    .flatMap(item -> HistoryRecord.of(item).stream())
                    .forEach(records::add);
            if (items.size() < PAGE) {
                break;
            }
        }
        return records;
    }

    /**
     * The words of a recording, a line whenever the other channel speaks; empty: none yet. Which
     * channel is whose is not documented.
     */
    Optional<String> words(String file) {
        Rest.Reply reply = answer("/call-records/file/stt", "filename=" + encoded(file));
        if (reply.status() == 404) {
            return Optional.empty();
        }
        List<String> lines = new ArrayList<>();
        String speaking = "";
        for (JsonNode each : reply.json("/call-records/file/stt")) {
            String word = each.path("word").asText();
            String channel = each.path("channel").asText();
            if (lines.isEmpty() || !channel.equals(speaking)) {
                lines.add(channel + ": " + word);
                speaking = channel;
            } else {
                lines.add(lines.remove(lines.size() - 1) + " " + word);
            }
        }
        return Optional.of(String.join("\n", lines)).filter(text -> !text.isEmpty());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String time(Instant at) {
        return encoded(TIME.format(at));
    }

    private JsonNode get(String path, String query) {
        return answer(path, query).json(path);
    }

    /**
     * Saves a recording.
     *
     * @throws Fault.Retryable if it is not there yet
     */
    void save(String file, Path into) {
        String path = "/call-records/file";
        URI address = address(path, "filename=" + encoded(file));
        String token = tokens.access();
        VendorApi.Reply reply = rest.recording(address, token, into);
        if (Rest.unauthorised(reply.status())) {
            tokens.renew(token);
            reply = rest.recording(address, tokens.access(), into);
        }
        if (Rest.unauthorised(reply.status())) {
            throw refused(path);
        }
        if (VendorApi.saved(address, reply, into).isPresent()) {
            throw new Fault.Retryable("t2 leads elsewhere for a recording", Duration.ZERO);
        }
    }

    private Rest.Reply answer(String path, String query) {
        String token = tokens.access();
        URI address = address(path, query);
        Rest.Reply reply = rest.ask("GET", address, token);
        if (reply.unauthorised()) {
            tokens.renew(token);
            reply = rest.ask("GET", address, tokens.access());
            if (reply.unauthorised()) {
                throw refused(path);
            }
        }
        return reply;
    }

    private URI address(String path, String query) {
        return URI.create(base + path + (query.isEmpty() ? "" : "?" + query));
    }

    private static Fault refused(String path) {
        return new Fault.Auth(
                "t2 refuses a fresh token for " + path,
                "check in t2's web interface that the open API is switched on");
    }
}
