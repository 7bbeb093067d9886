package org.trunkline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonChangesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                   | {}                     | ''",
                "{'a':1}              | {'a':1}                | ''",
                "{'a':1}              | {'a':2}                | /a",
                "{'a':1}              | {'a':'1'}              | /a",
                "{'a':1}              | {'a':null}             | /a",
                "{'a':1}              | {}                     | /a",
                "{}                   | {'a':{'b':1}}          | /a",
                "{'a':{'b':1,'c':1}}  | {'a':{'b':2,'c':1}}    | /a/b",
                "{'a/b':{'c~d':1}}    | {'a/b':{'c~d':2}}      | /a~1b/c~0d",
                "{'a':[1,2,3]}        | {'a':[1,9,3]}          | /a/1",
                "{'a':[1,2]}          | {'a':[0,1,2]}          | /a/0",
                "{'a':[1,2]}          | {'a':[1,2,3]}          | /a/2",
                "{'a':[1,2,3]}        | {'a':[1,3]}            | /a",
                "{'a':[1,2,3]}        | {'a':[1,8,9,3]}        | /a",
                "{'a':[1,1]}          | {'a':[1,1,1]}          | /a/2",
                "{'a':[{'b':1,'c':1}]}| {'a':[{'b':2,'c':1}]}  | /a/0/b",
                "{'a':[]}             | {'a':{}}               | /a",
                "{'b':1,'c':1}        | {'c':2,'d':1}          | /c /d /b",
            })
    void X6_whatWasChangedIsNamedByItsPointer(String before, String after, String pointers) {
        assertThat(JsonChanges.between(json(before), json(after)))
                .isEqualTo(pointers.isEmpty() ? List.of() : List.of(pointers.split(" ")));
    }

    @Test
    void aDocumentOfAnotherKindChangedAsAWhole() {
        assertThat(JsonChanges.between(json("{}"), json("[]"))).containsExactly("");
    }

    private static com.fasterxml.jackson.databind.JsonNode json(String text) {
        return Json.tree(text.replace('\'', '"'));
    }
}
