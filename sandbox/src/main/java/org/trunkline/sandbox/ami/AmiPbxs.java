package org.trunkline.sandbox.ami;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.trunkline.sandbox.http.BadRequest;
import org.trunkline.sandbox.http.Json;
import org.trunkline.sandbox.http.Reply;
import org.trunkline.sandbox.http.Request;

/** Everything below {@code /sandbox/ami/}: the replayed PBXs and the knobs on them. */
public final class AmiPbxs implements AutoCloseable {
    private final Map<String, AmiPbx> pbxs = new ConcurrentSkipListMap<>();
    private final Clock clock;

    public AmiPbxs(Clock clock) {
        this.clock = clock;
    }

    public Reply handle(Request request) {
        String name = request.segment(0);
        if (name.isEmpty()) {
            return Reply.prettyJson(list());
        }
        String action = request.verb() + " " + request.segment(1);
        if (action.equals("POST _start")) {
            return start(name, request.json());
        }
        Optional<AmiPbx> found = Optional.ofNullable(pbxs.get(name));
        if (found.isEmpty()) {
            return Reply.problem(
                    404, "No PBX \"" + name + "\": POST /sandbox/ami/" + name + "/_start");
        }
        return run(found.get(), action, request);
    }

    /** The documents of all PBXs, for those who look on. */
    public Collection<ObjectNode> documents() {
        return pbxs.values().stream().map(AmiPbxs::document).toList();
    }

    @Override
    public void close() {
        pbxs.keySet().forEach(this::stop);
    }

    private Reply run(AmiPbx pbx, String action, Request request) {
        return switch (action) {
            case "GET " -> Reply.prettyJson(document(pbx));
            case "GET _rings" ->
                    Reply.json(200, Json.object().set("items", pbx.rings().documents()));
            case "POST _play" ->
                    Reply.json(
                            200,
                            pbx.play(PlayRequest.of(request.json(), pbx.recordings())).document());
            case "POST _answers" -> {
                pbx.answers(Answers.of(request.json()));
                yield Reply.empty(204);
            }
            case "POST _stop" -> {
                stop(pbx.name());
                yield Reply.empty(204);
            }
            case "POST _faults" -> {
                if (pbx.faults().add(request.json()) == AmiFaults.Kind.cut) {
                    pbx.cut();
                }
                yield Reply.json(200, request.json());
            }
            case "DELETE _faults" -> {
                pbx.faults().clear();
                yield Reply.empty(204);
            }
            default -> Reply.problem(404, action + ": there is no such knob");
        };
    }

    /**
     * Starts, or restarts with new settings: connections break as they do when Asterisk restarts.
     */
    private Reply start(String name, JsonNode document) {
        stop(name);
        Map<String, AmiUser> users = new LinkedHashMap<>();
        AmiUser main = AmiUser.of(document);
        users.put(main.name(), main);
        document.path("users").forEach(d -> users.put(AmiUser.of(d).name(), AmiUser.of(d)));
        Optional<Path> recordings =
                Optional.ofNullable(document.get("recordings")).map(node -> Path.of(node.asText()));
        try {
            AmiPbx pbx = new AmiPbx(name, document.path("port").asInt(0), users, recordings, clock);
            pbxs.put(name, pbx);
            return Reply.json(200, document(pbx));
        } catch (IOException e) {
            throw new BadRequest("/port: " + e.getMessage());
        }
    }

    private void stop(String name) {
        AmiPbx old = pbxs.remove(name);
        if (old != null) {
            try {
                old.close();
            } catch (IOException e) {
                throw new IllegalStateException("PBX " + name + " could not be stopped", e);
            }
        }
    }

    private ObjectNode list() {
        ObjectNode out = Json.object();
        ArrayNode items = out.putArray("items");
        documents().forEach(items::add);
        ArrayNode captures = out.putArray("captures");
        Capture.names().forEach(captures::add);
        return out;
    }

    private static ObjectNode document(AmiPbx pbx) {
        AmiUser first = pbx.users().values().iterator().next();
        ObjectNode out =
                Json.object()
                        .put("id", pbx.name())
                        .put("host", "127.0.0.1")
                        .put("port", pbx.port())
                        .put("username", first.name())
                        .put("secret", first.secret());
        pbx.recordings().ifPresent(path -> out.put("recordings", path.toString()));
        ArrayNode playing = out.putArray("playing");
        pbx.playing().forEach(playback -> playing.add(playback.document()));
        ArrayNode channels = out.putArray("channels");
        pbx.channels().names().forEach(channels::add);
        ArrayNode sessions = out.putArray("sessions");
        pbx.sessions()
                .forEach(
                        session ->
                                sessions.addObject()
                                        .put("remote", session.remote())
                                        .put("user", session.user().map(AmiUser::name).orElse("")));
        ArrayNode originated = out.putArray("originated");
        pbx.originated()
                .forEach(
                        action -> {
                            ObjectNode item = originated.addObject();
                            action.lines()
                                    .forEach(
                                            line -> {
                                                int colon = line.indexOf(':');
                                                item.put(
                                                        line.substring(0, Math.max(0, colon)),
                                                        line.substring(colon + 1).strip());
                                            });
                        });
        ArrayNode faults = out.putArray("faults");
        pbx.faults().names().forEach(faults::add);
        ArrayNode notes = out.putArray("notes");
        pbx.notes().forEach(notes::add);
        return out;
    }
}
