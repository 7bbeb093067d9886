package org.trunkline.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @ParameterizedTest(name = "{0} in {1} is {2}")
    @CsvSource({
        "89161234567, RU, +79161234567",
        "79161234567, RU, +79161234567",
        "+79161234567, RU, +79161234567",
        "9161234567, RU, +79161234567",
        "8 (916) 123-45-67, RU, +79161234567",
        "+7 916 123 45 67, RU, +79161234567",
        "84951000001, RU, +74951000001",
        "88005553535, RU, +78005553535",
        "8101 2025550123, RU, +12025550123",
        "+12025550123, RU, +12025550123",
        "+442079460958, RU, +442079460958",
        "442079460958, RU, +442079460958",
        "2025550123, US, +12025550123",
        "87012345678, KZ, +77012345678",
        "375291234567, RU, +375291234567",
    })
    void anySpellingReadsAsOneNumber(String text, String region, String expected) {
        PhoneNumber number = PhoneNumber.read(text, region).orElseThrow();

        assertThat(number.value()).isEqualTo(expected);
        assertThat(number.raw()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"201", "1000", "112", "*43", "00000000000", "+7", "123456789012345678"})
    void whatIsNoOutsideNumberStaysAsItIs(String text) {
        PhoneNumber number = PhoneNumber.read(text, "RU").orElseThrow();

        assertThat(number.value()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "anonymous",
                "Anonymous",
                "unknown",
                "<unknown>",
                "restricted",
                "s"
            })
    void aHiddenCallerIsNoNumber(String text) {
        assertThat(PhoneNumber.read(text, "RU")).isEmpty();
    }

    @Test
    void blanksAroundAreCutOff() {
        assertThat(PhoneNumber.read(" 201 ", "RU")).contains(new PhoneNumber("201", "201"));
    }

    @Test
    void inTextItShowsTheLastFourDigitsOnly() {
        PhoneNumber number = new PhoneNumber("+79161234567", "89161234567");

        assertThat(number.masked()).isEqualTo("***4567");
        assertThat(number).hasToString("***4567");
    }
}
