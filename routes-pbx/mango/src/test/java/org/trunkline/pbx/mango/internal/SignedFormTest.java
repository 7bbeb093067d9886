package org.trunkline.pbx.mango.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignedFormTest {

    private static final String KEY = "fh5g6m2xqvapikey";
    private static final String SALT = "s4lt-7d1c0fexample";

    /** Values worked out with another program. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"command_id\":\"cbk1\",\"from\":{\"extension\":\"1234\"},\"to_number\":\"74955404444\"}"
                        + " | 6116c3b55e82f4addc556c29446d19f84a1f92d1568b57560010b0d3c75b1b9c",
                "{} | 6215b321fb839336cde79f8bad90fe8a59b8d66673a1193275ee9432c9b2769a",
                "{\"comment\":\"Тест\"}"
                        + " | cad5d697dd3532640e22710b61ac1e7628f9f6e86463eb98062c203fbf464396"
            })
    void signsAsMangoDoes(String json, String sign) {
        assertThat(SignedForm.signature(KEY, json, SALT)).isEqualTo(sign);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "vpbx_api_key=k&sign=s&json=%7B%22a%22%3A+%22%D0%A2%22%7D",
                "json={\"a\":%20\"%d0%a2\"}&sign=s&vpbx_api_key=k",
                "json={\"a\": \"Т\"}&other=1&sign=s&vpbx_api_key=k"
            })
    void decodesTheFormHoweverItIsEncoded(String body) {
        SignedForm form = SignedForm.read(body.getBytes(StandardCharsets.UTF_8));

        assertThat(form.json()).contains("{\"a\": \"Т\"}");
        assertThat(form.apiKey()).contains("k");
        assertThat(form.sign()).contains("s");
    }

    @Test
    void whatIsAbsentIsEmpty() {
        SignedForm form = SignedForm.read(new byte[0]);

        assertThat(form.json()).isEmpty();
        assertThat(form.apiKey()).isEmpty();
        assertThat(form.sign()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"json=%7", "json=%", "json=%zz", "json=%D0", "json=%FF", "json=1&json=2"})
    void refusesABrokenForm(String body) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SignedForm.read(body.getBytes(StandardCharsets.US_ASCII)))
                .withMessageContaining("form");
    }
}
