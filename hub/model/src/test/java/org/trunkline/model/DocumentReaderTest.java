package org.trunkline.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DocumentReaderTest {

    @Test
    void aKeyWithSlashOrTildeIsPointedAtAsRfc6901Says() {
        DocumentReader in = DocumentReader.of(Json.tree("{\"a/b~c\":1}"));
        in.refuseUnknown();

        assertThat(in.faults()).extracting(DocumentFault::path).containsExactly("/a~1b~0c");
    }

    @Test
    void anUnknownKeyIsToldWithThoseThatAreKnown() {
        DocumentReader in = DocumentReader.of(Json.tree("{\"nmae\":\"Acme\"}"));
        in.optionalText("name");
        in.flag("main", false);
        in.refuseUnknown();

        assertThat(in.faults())
                .extracting(DocumentFault::toString)
                .containsExactly("/nmae: is not known here (known: main, name)");
    }

    @Test
    void whereNothingIsSaidTheDefaultStands() {
        DocumentReader in = DocumentReader.of(Json.tree("{\"port\":null,\"kind\":null}"));

        assertThat(in.integer("port", 5038, 1, 65535)).isEqualTo(5038);
        assertThat(in.oneOf("kind", Direction.class, Direction.INTERNAL))
                .isEqualTo(Direction.INTERNAL);
        assertThat(in.flag("tls", true)).isTrue();
        assertThat(in.texts("contexts")).isEmpty();
        assertThat(in.object("asterisk").optionalText("certificate")).isEmpty();
        assertThat(in.faults()).isEmpty();
    }
}
