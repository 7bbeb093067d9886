package org.trunkline.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule O18: variables in titles. */
class TemplateTextTest {

    private static final Map<Variable, String> VALUES =
            Map.of(
                    Variable.CONTACT_PHONE_NUMBER, "+79161234567",
                    Variable.APP_NAME, "Trunk $1 \\ line");

    @Test
    void O18_variablesAreReplaced() {
        assertThat(
                        render(
                                "Входящий звонок на номер {{contact_phone_number}} из приложения"
                                        + " {{ app_name }}"))
                .isEqualTo("Входящий звонок на номер +79161234567 из приложения Trunk $1 \\ line");
    }

    @Test
    void O18_whatIsNotKnownLeavesNoTrace() {
        assertThat(render("{{site_domain_name}} Call {{utm_term}} of {{contact_phone_number}}"))
                .isEqualTo("Call of +79161234567");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{app_name}", "app_name}}", "a {{ b", "{{fone}}", "{{}}"})
    void O18_whatIsNoVariableIsToldWhenSaved(String text) {
        DocumentReader in = DocumentReader.of(Json.tree("{}"));
        TemplateText.check(in, "text", text);

        assertThat(in.faults()).hasSize(1);
        assertThat(in.faults().get(0).path()).isEqualTo("/text");
    }

    @Test
    void O18_everyVariableMayBeUsed() {
        for (Variable variable : Variable.values()) {
            DocumentReader in = DocumentReader.of(Json.tree("{}"));
            TemplateText.check(in, "text", "{{" + variable.spelled() + "}}");
            assertThat(in.faults()).isEmpty();
            assertThat(variable.meaning()).isNotBlank();
        }
    }

    private static String render(String text) {
        return TemplateText.render(text, variable -> VALUES.getOrDefault(variable, ""));
    }
}
