package org.trunkline.pbx.asterisk.internal.translate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccountViewTest {
    private final AccountView account =
            new AccountView(
                    "acme",
                    "office",
                    "RU",
                    Set.of("from-trunk", "SIP-*-incoming"),
                    Set.of("internal"),
                    Set.of("201", "202"));

    @ParameterizedTest
    @CsvSource({
        "PJSIP/201-0000002a,            from-trunk, true,  EMPLOYEE",
        "SIP/201-0000002a,              other,      false, EMPLOYEE",
        "PJSIP/201-WS-0000002a,         other,      false, EMPLOYEE",
        "PJSIP/301-0000002a,            internal,   true,  EMPLOYEE",
        "PJSIP/trunk-main-0000002a,     from-trunk, true,  OUTSIDE",
        "PJSIP/SIP-1-00000001,          SIP-TRUNK-77-incoming, true, OUTSIDE",
        "DAHDI/i1/89161234567-2,        from-trunk, true,  OUTSIDE",
        "PJSIP/provider-0000002a,       other,      false, OUTSIDE",
        "PJSIP/provider-0000002a,       other,      true,  STRANGE",
        "PJSIP/provider-0000002a,       SIP-TRUNK,  true,  STRANGE",
        "Local/201@internal-00000001;1, internal,   false, LOCAL",
        "Surrogate/PJSIP/201-00000001,  internal,   true,  TOOL",
        "OutgoingSpoolFailed,           all_peers,  true,  TOOL",
    })
    void knowsWhoseChannelItIs(String name, String context, boolean placed, Channel.Kind kind) {
        assertThat(account.kind(name, context, placed)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "PJSIP/201-0000002a, 201",
        "PJSIP/201, 201",
        "PJSIP/201-WS-0000002a, 201",
        "Local/201@internal-originate, 201",
        "Local/201@internal-incoming-00000000;1, 201",
        "PJSIP/trunk-main-00000000, trunk-main",
    })
    void readsTheExtension(String name, String extension) {
        assertThat(AccountView.extension(name)).isEqualTo(extension);
    }

    @Test
    void outsideIsWhatIsInTheNumberingPlanAndNobodysExtension() {
        assertThat(account.outside("79161234567").orElseThrow().value()).isEqualTo("+79161234567");
        assertThat(account.outside("8 (916) 123-45-67").orElseThrow().value())
                .isEqualTo("+79161234567");
        assertThat(account.outside("201")).isEmpty();
        assertThat(account.outside("700")).isEmpty();
        assertThat(account.outside("<unknown>")).isEmpty();
    }
}
