package org.trunkline.crm.amocrm.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.trunkline.model.Fault;
import org.trunkline.model.Portal;
import org.trunkline.model.PortalConnection.Check;
import org.trunkline.model.PortalConnection.CheckItem;
import org.trunkline.model.PortalConnection.State;

/** How accounts are connected, kept so, and released. */
class ConnectTest extends WithAccountHub {

    private static final Duration WINDOW = Duration.ofMinutes(15);

    @Test
    void T1_anAdministratorsConsentConnectsTheAccount() {
        Portal portal = hub.unconnected("acme");
        State open = hub.installation.open("acme", portal, WINDOW);

        HttpResponse<String> page = hub.get(open.appAddress());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("The account is connected");
        State state = hub.installation.state("acme", portal);
        assertThat(state.connected()).isTrue();
        assertThat(state.openUntil()).isEmpty();
        assertThat(state.appAddress()).isEmpty();
        assertThat(state.refusal()).isEmpty();
        assertThat(hub.secret("acme", "accountId"))
                .contains(hub.state().at("/account/id").asText());
        assertThat(hub.directory.synchronise("acme", portal).problems()).isEmpty();
        assertThat(hub.health("acme").state()).isEqualTo("ok");
    }

    @Test
    void T1_theValueOfTheAddressLetsInOnce() {
        Portal portal = hub.unconnected("acme");
        String address = hub.installation.open("acme", portal, WINDOW).appAddress();
        hub.get(address);
        String token = hub.secret("acme", "accessToken").orElseThrow();

        assertThat(hub.get(address).statusCode()).isEqualTo(401);
        assertThat(hub.secret("acme", "accessToken")).contains(token);
    }

    @Test
    void T1_nobodyIsLetInByAnotherValueOrTooLate() {
        Portal portal = hub.unconnected("acme");
        String address = hub.installation.open("acme", portal, WINDOW).appAddress();

        assertThat(hub.get(address.replaceFirst("state=.", "state=")).statusCode()).isEqualTo(401);
        hub.clock.advance(WINDOW);
        assertThat(hub.get(address).statusCode()).isEqualTo(401);
        assertThat(hub.installation.state("acme", portal).connected()).isFalse();
        assertThat(hub.health("acme").state()).isEqualTo("unauthorized");
        assertThat(hub.health("acme").reason()).contains("without an open installation");
    }

    @Test
    void T1_aConsentThatWasRefusedIsTold() {
        Portal portal = hub.unconnected("acme");
        hub.put("{\"account\":{\"integration\":{\"consent\":false}}}");
        String address = hub.installation.open("acme", portal, WINDOW).appAddress();

        assertThat(hub.get(address).body()).contains("Access was not given");
        State state = hub.installation.state("acme", portal);
        assertThat(state.connected()).isFalse();
        assertThat(state.refusal().orElseThrow().reason()).contains("did not consent");
        assertThat(state.openUntil()).isPresent();
    }

    @Test
    void T1_aStrangersKnockTakesNothingFromTheReasonOfARefusal() {
        Portal portal = hub.unconnected("acme");
        hub.put("{\"account\":{\"integration\":{\"consent\":false}}}");
        hub.get(hub.installation.open("acme", portal, WINDOW).appAddress());
        hub.clock.advance(Duration.ofMinutes(2));

        for (int knock = 0; knock < 3; knock++) {
            assertThat(hub.get(hub.oauth("acme") + "?code=c&state=guessed").statusCode())
                    .isEqualTo(401);
            hub.clock.advance(Duration.ofMinutes(2));
        }

        assertThat(hub.installation.state("acme", portal).refusal().orElseThrow().reason())
                .startsWith("whoever followed the address did not consent")
                .containsOnlyOnce("without an open installation");
        assertThat(hub.health("acme").cure())
                .contains("as an administrator of the account")
                .contains("open the installation");
    }

    @Test
    void T1_theCodeAndTheSecretGoToNoOtherHost() {
        Portal portal = hub.unconnected("acme");
        String state = hub.installation.open("acme", portal, WINDOW).appAddress();
        state = state.substring(state.indexOf("state="));

        HttpResponse<String> page =
                hub.get(hub.oauth("acme") + "?code=c&referer=evil.example.com&" + state);

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(page.body()).doesNotContain("evil");
        assertThat(hub.installation.state("acme", portal).refusal().orElseThrow().reason())
                .contains("not amoCRM's");
    }

    @Test
    void T1_whoHasNoIntegrationIsToldWhatIsMissing() {
        Portal portal = hub.company("acme", "{}", "{\"longLivedToken\":true}", "longLivedToken");

        assertThatThrownBy(() -> hub.installation.open("acme", portal, WINDOW))
                .isInstanceOf(Fault.Data.class)
                .hasMessageContaining("clientId");
    }

    @Test
    void T2_anAccountBelongsToOneCompany() {
        Portal first = hub.unconnected("first");
        hub.get(hub.installation.open("first", first, WINDOW).appAddress());
        Portal second = hub.unconnected("second");

        HttpResponse<String> page =
                hub.get(hub.installation.open("second", second, WINDOW).appAddress());

        assertThat(page.statusCode()).isEqualTo(403);
        assertThat(hub.installation.state("second", second).connected()).isFalse();
        assertThat(hub.installation.state("second", second).refusal().orElseThrow().reason())
                .contains("bound to company first");

        hub.installation.release("first", first);
        assertThat(hub.get(hub.installation.open("second", second, WINDOW).appAddress()).body())
                .contains("is connected");
        assertThat(hub.installation.state("first", first).connected()).isFalse();
    }

    @Test
    void T2_whoSwitchesTheIntegrationOffReleasesTheAccount() {
        Portal portal = hub.unconnected("acme");
        hub.get(hub.installation.open("acme", portal, WINDOW).appAddress());

        String sent =
                hub.simulator(
                                "POST",
                                "_event",
                                "{\"event\":\"disconnect\",\"handler\":\""
                                        + hub.url("/crm/amocrm/acme/main/disconnect")
                                        + "\"}")
                        .at("/sent/0/status")
                        .asText();

        assertThat(sent).isEqualTo("200");
        State state = hub.installation.state("acme", portal);
        assertThat(state.connected()).isFalse();
        assertThat(state.releasedAt()).isPresent();
        assertThat(hub.health("acme").cure()).contains("open the installation");
    }

    @Test
    void T2_aForgedDisconnectionIsNotBelieved() {
        Portal portal = hub.unconnected("acme");
        hub.get(hub.installation.open("acme", portal, WINDOW).appAddress());

        String sent =
                hub.simulator(
                                "POST",
                                "_event",
                                "{\"event\":\"disconnect\",\"data\":{\"signature\":\"00ff\"},"
                                        + "\"handler\":\""
                                        + hub.url("/crm/amocrm/acme/main/disconnect")
                                        + "\"}")
                        .at("/sent/0/status")
                        .asText();

        assertThat(sent).isEqualTo("401");
        assertThat(hub.installation.state("acme", portal).connected()).isTrue();
    }

    @Test
    void T3_theButtonRenewsTheTokens() {
        Portal portal = hub.connected("{}");
        String before = hub.secret("acme", "accessToken").orElseThrow();

        assertThat(hub.installation.refreshTokens("acme", portal)).contains("were renewed");

        assertThat(hub.secret("acme", "accessToken")).isPresent().isNotEqualTo(before);
        assertThat(hub.secret("acme", "accessToken").orElseThrow()).isNotEqualTo(before);
    }

    @Test
    void T3_tokensAreRenewedTenMinutesBeforeTheyEnd() {
        Portal portal = hub.connected("{}");
        String before = hub.secret("acme", "accessToken").orElseThrow();
        hub.clock.advance(Duration.ofHours(23).plusMinutes(49));
        hub.directory.telephonyBeside("acme", portal);
        assertThat(hub.secret("acme", "accessToken")).contains(before);

        hub.clock.advance(Duration.ofMinutes(2));
        hub.directory.telephonyBeside("acme", portal);

        assertThat(hub.secret("acme", "accessToken").orElseThrow()).isNotEqualTo(before);
        assertThat(hub.requests().stream().filter(r -> r.contains("oauth2"))).hasSize(1);
    }

    @Test
    void T3_anAuthorisationThatNobodyUsesIsRenewedEachMonth() {
        hub.connected("{}");
        String before = hub.secret("acme", "refreshToken").orElseThrow();
        hub.look();
        assertThat(hub.secret("acme", "refreshToken")).contains(before);

        hub.clock.advance(Duration.ofDays(32));
        hub.look();

        assertThat(hub.secret("acme", "refreshToken").orElseThrow()).isNotEqualTo(before);
    }

    @Test
    void T3_aLongLivedTokenIsNeverRenewed() {
        Portal portal =
                hub.company(
                        "acme",
                        "{}",
                        "{\"longLivedToken\":true}",
                        "clientId",
                        "clientSecret",
                        "longLivedToken");

        assertThat(hub.installation.refreshTokens("acme", portal)).contains("never renewed");
        assertThat(hub.requests()).noneMatch(request -> request.contains("oauth2"));

        hub.simulator("POST", "_faults", "{\"kind\":\"revokeToken\"}");
        assertThatThrownBy(() -> hub.installation.refreshTokens("acme", portal))
                .isInstanceOf(Fault.Auth.class)
                .satisfies(fault -> assertThat(((Fault) fault).cure()).contains("longLivedToken"));
        assertThat(hub.requests()).noneMatch(request -> request.contains("oauth2"));
    }

    @Test
    void T3_theEndOfALongLivedTokenIsToldAMonthBefore() {
        hub.company("acme", "{}", "{\"longLivedToken\":true}", "longLivedToken");
        hub.look();
        assertThat(hub.health("acme").reason()).doesNotContain("long-lived");

        hub.clock.advance(Duration.ofDays(5 * 365 - 20));
        hub.look();

        assertThat(hub.health("acme").reason()).contains("the long-lived token ends at");
        assertThat(hub.health("acme").cure()).contains("make a new one");
    }

    @Test
    void O17_theCheckTellsOfAnAccountThatIsWell() {
        Portal portal = hub.connected("{}");

        Check check = hub.installation.check("acme", portal);

        assertThat(check.ok()).isTrue();
        assertThat(check.items())
                .contains(
                        new CheckItem("Account", hub.name, true),
                        new CheckItem("The hub works as", "Admin Portal, administrator", true));
    }

    @Test
    void O17_theCheckTellsOfAUserWhoIsNoAdministrator() {
        Portal portal =
                hub.company("acme", "{}", "{\"user\":\"7\"}", "accessToken", "refreshToken");

        Check check = hub.installation.check("acme", portal);

        assertThat(check.ok()).isFalse();
        assertThat(check.cure()).contains("administrator").contains("ids into the mapping");
    }

    @Test
    void T15_theCheckWarnsWhereUnsortedIsOff() {
        Portal portal =
                hub.connected("{\"entities\":{\"createBy\":\"hub\",\"kind\":\"unsorted\"}}");
        assertThat(hub.installation.check("acme", portal).ok()).isTrue();

        hub.put("{\"account\":{\"is_unsorted_on\":false}}");

        Check check = hub.installation.check("acme", portal);
        assertThat(check.ok()).isFalse();
        assertThat(check.cure()).contains("switch Unsorted on");
    }

    @Test
    void T1_deadTokensAreToldWithTheirCure() {
        Portal portal = hub.connected("{}");
        hub.simulator("POST", "_faults", "{\"kind\":\"revokeToken\"}");

        Check check = hub.installation.check("acme", portal);

        assertThat(check.ok()).isFalse();
        assertThat(check.words()).contains("Not connected");
        assertThat(check.cure()).contains("connect the account again");
        assertThat(hub.health("acme").state()).isEqualTo("unauthorized");
    }

    @Test
    void T1_anAccountThatIsNotPaidIsToldSo() {
        Portal portal = hub.connected("{}");
        hub.put("{\"account\":{\"is_paid\":false}}");

        Check check = hub.installation.check("acme", portal);

        assertThat(check.ok()).isFalse();
        assertThat(check.cure()).contains("renew it");
    }
}
