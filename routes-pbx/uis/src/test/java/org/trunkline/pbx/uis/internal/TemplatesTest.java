package org.trunkline.pbx.uis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The templates as shipped and as documented. */
class TemplatesTest {

    private static final Path DOCS = Path.of("../../docs/uis.md");

    @ParameterizedTest
    @EnumSource
    void eachEventHasATemplateThatTheDocumentationShows(Kind kind) throws IOException {
        String template = Sequence.template(kind.spelled());

        assertThat(Files.readString(DOCS)).contains("```\n" + template + "```");
        assertThat(template).contains("\"kind\": \"" + kind.spelled() + "\"");
    }

    @ParameterizedTest
    @EnumSource
    void eachFilledTemplateIsRead(Kind kind) {
        String filled = Sequence.template(kind.spelled()).replaceAll("\\{\\{\\w+}}", "\"1\"");

        Notification read = Notification.read(filled.getBytes(StandardCharsets.UTF_8));

        assertThat(read.kind()).isEqualTo(kind);
        assertThat(read.session()).isEqualTo("1");
    }

    @Test
    void noTemplateIsForAnEventThatDoesNotExist() throws IOException {
        List<String> kinds = Arrays.stream(Kind.values()).map(Kind::spelled).toList();
        try (Stream<Path> files = Files.list(Sequence.TEMPLATES)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(kinds);
        }
    }
}
