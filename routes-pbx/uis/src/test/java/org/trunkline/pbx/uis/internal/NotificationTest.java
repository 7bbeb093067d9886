package org.trunkline.pbx.uis.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values in all the ways that UIS may write them. */
class NotificationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": }|{\"a\": null}",
                "{\"a\":,\"b\":  }|{\"a\":null,\"b\":  null}",
                "{\"a\":{{a_b}},\"b\":1}|{\"a\":null,\"b\":1}",
                "{\"a\":\"{{a_b}}\"}|{\"a\":null}",
                "{\"a\":\"x: , {{b}} }\"}|{\"a\":\"x: , {{b}} }\"}",
                "{\"a\":\"\\\":,\"}|{\"a\":\"\\\":,\"}",
                "{\"a\":{\"b\":2}}|{\"a\":{\"b\":2}}",
                "{\"a\":\"open|{\"a\":\"open"
            })
    void whatIsNotFilledInIsNull(String arrived, String read) {
        assertThat(Placeholders.emptied(arrived)).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"[5501,5502]", "[\"5501\",\"5502\"]", "\"5501,5502\"", "\"[5501, 5502]\""})
    void severalValuesInAnyShape(String written) {
        assertThat(with("employee_ids", written).texts("employee_ids"))
                .containsExactly("5501", "5502");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1763723100", "\"1763723100\"", "1763723100.0"})
    void theTimeIsTheTimestamp(String written) {
        assertThat(with("notification_timestamp", written).at())
                .contains(Instant.ofEpochSecond(1_763_723_100L));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"soon\"", "-5", "99999999999999999999"})
    void aTimestampThatIsNoneIsUnknown(String written) {
        assertThat(with("notification_timestamp", written).at()).isEmpty();
    }

    @Test
    void durationsAreWholeSecondsUpToADay() {
        assertThat(with("d", "\"90\"").seconds("d")).contains(Duration.ofSeconds(90));
        assertThat(with("d", "0").seconds("d")).contains(Duration.ZERO);
        assertThat(with("d", "-1").seconds("d")).isEmpty();
        assertThat(with("d", "999999").seconds("d")).isEmpty();
    }

    private static Notification with(String name, String value) {
        String body =
                "{\"kind\":\"waiting\",\"call_session_id\":1,\"%s\":%s}".formatted(name, value);
        return Notification.read(body.getBytes(StandardCharsets.UTF_8));
    }
}
