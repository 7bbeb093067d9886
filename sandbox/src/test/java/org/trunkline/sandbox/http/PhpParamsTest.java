package org.trunkline.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

class PhpParamsTest {
    @Test
    void bracketsMakeMapsAndLists() {
        ObjectNode tree =
                PhpParams.parse(
                        "fields[TITLE]=A%20B&fields[PHONE][0][VALUE]=%2B7916&select[]=ID&select[]=*&x=1");
        assertThat(tree)
                .isEqualTo(
                        Json.parse(
                                "{\"fields\":{\"TITLE\":\"A B\",\"PHONE\":[{\"VALUE\":\"+7916\"}]},"
                                        + "\"select\":[\"ID\",\"*\"],\"x\":\"1\"}"));
    }

    @Test
    void keysThatDoNotCountFromZeroStayAMap() {
        assertThat(PhpParams.parse("a[1]=x&a[2]=y").path("a").isObject()).isTrue();
    }

    @Test
    void aBrokenEscapeIsKept() {
        assertThat(PhpParams.parse("a=100%").path("a").asText()).isEqualTo("100%");
    }

    @Test
    void encodingIsTheReverse() {
        ObjectNode tree =
                (ObjectNode)
                        Json.parse(
                                "{\"event\":\"E\",\"data\":{\"A\":\"+7 9\",\"L\":[\"x\",\"y\"]}}");
        assertThat(PhpParams.parse(PhpParams.encode(tree))).isEqualTo(tree);
    }
}
