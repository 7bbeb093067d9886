package org.trunkline.pbx.mango.internal.translate;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.trunkline.model.Call;
import org.trunkline.model.CallEvent;
import org.trunkline.model.CallFold;
import org.trunkline.model.Company;
import org.trunkline.model.Employee;
import org.trunkline.model.Json;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxKind;

/** The sequences of {@code sequences/*.json}, translated and folded. */
final class Sequences {

    static final PbxAccount ACCOUNT =
            new PbxAccount(
                    "office",
                    PbxKind.MANGO,
                    "",
                    0,
                    false,
                    "",
                    Optional.empty(),
                    List.of(),
                    Stream.of("201", "202", "203", "204").map(Sequences::employee).toList(),
                    Optional.empty());

    static final Company COMPANY =
            new Company("acme", "Acme", "RU", List.of(ACCOUNT), List.of(), List.of());

    private static final Instant RECEIVED = Instant.parse("2026-11-21T19:00:00Z");

    private Sequences() {}

    /** One message of Mango's. */
    record Message(String kind, JsonNode json) {

        List<CallEvent> translated() {
            return Translator.translate(COMPANY, ACCOUNT, kind, json.toString(), RECEIVED);
        }

        @Override
        public String toString() {
            return kind + " " + json;
        }
    }

    private static Employee employee(String extension) {
        return new Employee(
                extension,
                extension,
                "Employee " + extension,
                Optional.empty(),
                Optional.empty(),
                false,
                true);
    }

    static List<String> names() {
        try (Stream<Path> files =
                Files.list(Path.of(Sequences.class.getResource("/sequences").toURI()))) {
            return files.map(file -> file.getFileName().toString().replace(".json", ""))
                    .sorted()
                    .toList();
        } catch (IOException | URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode file(String name) {
        try (InputStream file =
                Sequences.class.getResourceAsStream("/sequences/" + name + ".json")) {
            return Json.MAPPER.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode expected(String name) {
        return file(name).path("expected");
    }

    static List<Message> messages(String name) {
        List<Message> messages = new ArrayList<>();
        file(name)
                .path("messages")
                .forEach(m -> messages.add(new Message(m.path("kind").asText(), m.path("json"))));
        return messages;
    }

    /** What the journal and the fold make of messages as they come. */
    static Call fold(List<Message> messages) {
        CallFold fold = CallFold.of("acme", "office", "E1");
        for (Message message : messages) {
            for (CallEvent event : message.translated()) {
                fold = fold.with(event);
            }
        }
        return fold.call();
    }
}
