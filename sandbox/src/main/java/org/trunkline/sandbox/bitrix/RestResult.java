package org.trunkline.sandbox.bitrix;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import java.util.Optional;

/** What a method gives back; lists also say how many there are and where the next page starts. */
record RestResult(JsonNode value, Optional<Integer> total, Optional<Integer> next) {
    static RestResult of(JsonNode value) {
        return new RestResult(value, Optional.empty(), Optional.empty());
    }

    static RestResult of(boolean value) {
        return of(BooleanNode.valueOf(value));
    }

    static RestResult of(long value) {
        return of(LongNode.valueOf(value));
    }
}
