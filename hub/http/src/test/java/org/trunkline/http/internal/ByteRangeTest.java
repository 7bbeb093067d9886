package org.trunkline.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteRangeTest {

    @ParameterizedTest
    @CsvSource({
        "bytes=0-499, 0, 500",
        "bytes=500-999, 500, 500",
        "bytes=-500, 9500, 500",
        "bytes=9500-, 9500, 500",
        "bytes=9999-9999, 9999, 1",
        "bytes=0009-010, 9, 2",
        "bytes= 0 - 9, 0, 10",
        "bytes=0-99999999999999999999, 0, 10000",
        "bytes=-99999999999999999999, 0, 10000"
    })
    void theExamplesOfRfc9110AndItsEdges(String header, long first, long length) {
        assertThat(ByteRange.read(header, 10_000)).hasValue(new ByteRange(first, length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=10000-", "bytes=-0", "bytes=99999999999999999999-"})
    void whatLiesBeyondTheEndHasNoLength(String header) {
        assertThat(ByteRange.read(header, 10_000))
                .hasValueSatisfying(
                        range -> {
                            assertThat(range.length()).isZero();
                            assertThat(range.of(10_000)).isEqualTo("bytes */10000");
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "bytes", "bytes=", "bytes=-", "bytes=5-4", "bytes=0-1,3-4", "x=1-2"})
    void allElseAsksForAll(String header) {
        assertThat(ByteRange.read(header, 10_000)).isEmpty();
    }

    @Test
    void anEmptyFileHasNoPart() {
        assertThat(ByteRange.read("bytes=0-", 0)).hasValue(new ByteRange(0, 0));
    }
}
