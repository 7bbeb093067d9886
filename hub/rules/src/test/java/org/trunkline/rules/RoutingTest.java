package org.trunkline.rules;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.trunkline.model.CallRouting.Route;
import org.trunkline.model.Client;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Employee;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Integration;
import org.trunkline.model.Json;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Settings;

/** Whom an incoming call rings (rules K6, T20, I7, I8). */
class RoutingTest {

    private static final String K6 = "mikopbx-bitrix24";
    private static final String T20 = "t2-bitrix24";
    private static final String I7 = "asterisk-amocrm";
    private static final String ON = "{'routing':{'enabled':true}}";

    private static final String DEAL_FIRST = "{'routing':{'enabled':true,'prefer':'openDeal'}}";

    /** The responsible users of {@link Clients}: 52 is on 202, 54 on 203; 53 is not mapped. */
    private static final Map<String, String> MAPPING =
            Map.of("201", "51", "202", "52", "203", "54");

    private static final List<String> ALL = List.of("201", "202", "203");

    private static Settings settings(String preset, String given) {
        return Presets.settings(preset, Json.tree(given.replace('\'', '"')));
    }

    private static Route route(Clients client, Settings settings, String line, List<String> sip) {
        Integration integration =
                new Integration(
                        "office-main",
                        "office",
                        "main",
                        "any",
                        MAPPING,
                        JsonNodeFactory.instance.objectNode());
        Optional<PhoneNumber> number = line.isEmpty() ? Optional.empty() : read(line);
        return Routing.route(
                new Routing.Arrival(Site.account(false, sip), integration, number),
                client.client(),
                settings);
    }

    private static Optional<PhoneNumber> read(String line) {
        return PhoneNumber.read(line, "RU");
    }

    private static Route route(Clients client, String preset, String given) {
        return route(client, settings(preset, given), Site.MULTI, ALL);
    }

    private static String rung(Route route) {
        return route.employee().map(Employee::extension).orElse("nobody");
    }

    private static Part why(Route route) {
        return route.parts().get(0);
    }

    @Test
    void K6_aCallGoesToTheClientsResponsible() {
        Route route = route(Clients.of().withContact().withDeal(true), K6, ON);

        assertThat(rung(route)).isEqualTo("201");
        assertThat(why(route))
                .isEqualTo(
                        new Part(
                                "route",
                                "201",
                                "K6",
                                "/routing/prefer",
                                "user 51 is responsible for contact 151"));
    }

    @ParameterizedTest
    @ValueSource(strings = {Site.MULTI, "+74951000202", "+74951230000", ""})
    void K6_whateverNumberWasDialled(String line) {
        Route route = route(Clients.of().withContact(), settings(K6, ON), line, ALL);

        assertThat(rung(route)).isEqualTo("201");
    }

    @ParameterizedTest
    @ValueSource(strings = {K6, T20, "t2-amocrm", "uis-bitrix24"})
    void K6_T20_itIsOffUntilItIsSwitchedOn(String preset) {
        String defaults = "{'responsible':{'incomingDefault':'1','outgoingDefault':'1'}}";
        Route route = route(Clients.of().withContact(), preset, defaults);

        assertThat(rung(route)).isEqualTo("nobody");
        assertThat(why(route).setting()).isEqualTo("/routing/enabled");
        assertThat(why(route).value()).isEqualTo("nobody");
    }

    @Test
    void K6_theAttemptIsAsLongAsItIsSet() {
        String given = "{'routing':{'enabled':true,'attempt':'PT25S'}}";

        assertThat(route(Clients.of().withContact(), K6, given).attempt())
                .isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void K6_aStrangerRingsNobody() {
        Route route = route(Clients.of(), K6, ON);

        assertThat(rung(route)).isEqualTo("nobody");
        assertThat(route.name()).isEmpty();
        assertThat(why(route).reason()).isEqualTo("the phone book does not have the number");
    }

    @Test
    void K6_aResponsibleWhoIsNotMappedRingsNobody() {
        Route route = route(Clients.of().withLead(true), K6, ON);

        assertThat(rung(route)).isEqualTo("nobody");
        assertThat(why(route).reason()).isEqualTo("user 53 of lead 153 is not mapped");
    }

    @Test
    void K6_whoHasNoPhoneIsNotRung() {
        Route route =
                route(
                        Clients.of().withContact(),
                        settings(K6, ON),
                        Site.MULTI,
                        List.of("202", "203"));

        assertThat(rung(route)).isEqualTo("nobody");
        assertThat(why(route).reason()).isEqualTo("user 51 of contact 151 has no SIP line");
    }

    @Test
    void K6_aClientWithoutAResponsibleRingsNobody() {
        Clients client =
                new Clients(
                        Optional.of(new Client.Found(EntityKind.CONTACT, "151", "Anna", "", true)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());

        assertThat(why(route(client, K6, ON)).reason()).isEqualTo("contact 151 has no responsible");
    }

    @Test
    void T20_theContactsResponsibleElseTheCompanys() {
        Clients company = Clients.of().withCompany();

        assertThat(rung(route(company.withContact(), T20, ON))).isEqualTo("201");
        assertThat(rung(route(company, T20, ON))).isEqualTo("202");
        assertThat(why(route(company, T20, ON)).rule()).isEqualTo("T20");
    }

    @ParameterizedTest
    @CsvSource({
        // a multichannel number; one that is nobody's; 202's line; 201's own number, no line
        "+74951000010, 201",
        "+74951230000, 201",
        "+74951000202, nobody",
        "+74951000201, nobody",
    })
    void T20_onlyCallsToMultichannelNumbers(String line, String rung) {
        Route route = route(Clients.of().withContact(), settings(T20, ON), line, ALL);

        assertThat(rung(route)).isEqualTo(rung);
    }

    @Test
    void I7_theOpenDealsResponsibleGoesFirst() {
        Route route = route(Clients.of().withContact().withDeal(true), I7, "{}");

        assertThat(rung(route)).isEqualTo("203");
        assertThat(why(route).rule()).isEqualTo("I7");
        assertThat(why(route).reason()).isEqualTo("user 54 is responsible for deal 154");
    }

    @Test
    void I7_withoutAnOpenDealTheClientsResponsible() {
        assertThat(rung(route(Clients.of().withContact(), I7, "{}"))).isEqualTo("201");
        assertThat(rung(route(Clients.of().withContact().withDeal(false), I7, "{}")))
                .isEqualTo("201");
    }

    @Test
    void I7_anOpenLeadIsADealInTheMaking() {
        Clients client = Clients.of().withContact();

        assertThat(whose(client.withLead(true), DEAL_FIRST)).isEqualTo("lead");
        assertThat(whose(client.withLead(false), DEAL_FIRST)).isEqualTo("contact");
        assertThat(whose(client.withLead(true).withDeal(true), DEAL_FIRST)).isEqualTo("deal");
    }

    /** Everybody of {@link Clients} is mapped: who is rung says whose responsible was taken. */
    private static String whose(Clients client, String given) {
        Map<String, String> names =
                Map.of("201", "contact", "202", "company", "203", "lead", "209", "deal");
        Integration all =
                new Integration(
                        "office-main",
                        "office",
                        "main",
                        "any",
                        Map.of("201", "51", "202", "52", "203", "53", "209", "54"),
                        JsonNodeFactory.instance.objectNode());
        Route route =
                Routing.route(
                        new Routing.Arrival(
                                Site.account(false, List.of("201", "202", "203", "209")),
                                all,
                                read(Site.MULTI)),
                        client.client(),
                        settings(K6, given));
        return names.getOrDefault(rung(route), "nobody");
    }

    @Test
    void K6_T20_ofAClientOnlyContactAndCompanyCount() {
        Clients rest = Clients.of().withLead(true).withDeal(true);

        assertThat(whose(rest.withCompany().withContact(), ON)).isEqualTo("contact");
        assertThat(whose(rest.withCompany(), ON)).isEqualTo("company");
        assertThat(whose(Clients.of().withDeal(true), ON)).isEqualTo("nobody");
    }

    @Test
    void K6_T20_anUnmappedClientsLeadAndDealRingNobody() {
        Clients client = Clients.of().withContact().withLead(true).withDeal(true);

        // User 51 of the contact is not mapped; 53 of the lead and 54 of the deal are.
        Route route =
                Routing.route(
                        new Routing.Arrival(
                                Site.account(false, ALL),
                                new Integration(
                                        "office-main",
                                        "office",
                                        "main",
                                        "any",
                                        Map.of("202", "53", "203", "54"),
                                        JsonNodeFactory.instance.objectNode()),
                                read(Site.MULTI)),
                        client.client(),
                        settings(K6, ON));

        assertThat(rung(route)).isEqualTo("nobody");
        assertThat(why(route).reason()).isEqualTo("user 51 of contact 151 is not mapped");
    }

    @Test
    void K6_aLeadStandsForItsNumberWhileItIsOpen() {
        assertThat(whose(Clients.of().withLead(true), ON)).isEqualTo("lead");
        assertThat(whose(Clients.of().withLead(false), ON)).isEqualTo("nobody");
        assertThat(whose(Clients.of().withLead(false).withDeal(false), DEAL_FIRST))
                .isEqualTo("nobody");
    }

    @Test
    void I7_whereTheDealsResponsibleCannotBeRungTheClientsIs() {
        Route route =
                route(
                        Clients.of().withContact().withDeal(true),
                        settings(I7, "{}"),
                        Site.MULTI,
                        List.of("201"));

        assertThat(rung(route)).isEqualTo("201");
    }

    @Test
    void I7_tenSecondsByDefault() {
        assertThat(route(Clients.of().withContact(), I7, "{}").attempt())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(route(Clients.of().withContact(), K6, ON).attempt())
                .isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void I8_theNameIsTheContactsElseTheCompanys() {
        Clients company = Clients.of().withCompany();

        assertThat(route(company.withContact(), I7, "{}").name()).contains("Some CONTACT");
        Route route = route(company, I7, "{}");
        assertThat(route.name()).contains("Some COMPANY");
        assertThat(route.parts()).extracting(Part::rule).containsExactly("I7", "I8");
    }

    @Test
    void I8_aTitleIsNoName() {
        assertThat(route(Clients.of().withLead(true).withDeal(true), I7, "{}").name()).isEmpty();
    }

    private static Optional<String> nameShown(String name) {
        Client.Found contact = new Client.Found(EntityKind.CONTACT, "151", name, "51", true);
        Clients client =
                new Clients(
                        Optional.of(contact), Optional.empty(), Optional.empty(), Optional.empty());
        return route(client, I7, "{}").name();
    }

    @Test
    void I8_nothingInANameSteersWhatShowsIt() {
        assertThat(nameShown("A\u001b[2J \r\nEXEC\u0000B\u0085C\u2028D"))
                .contains("A [2J  EXEC B C D");
        assertThat(nameShown("\u0007\r\n")).isEmpty();
    }

    @Test
    void I8_aLongNameIsCut() {
        assertThat(nameShown("Я".repeat(500))).contains("Я".repeat(60));
        assertThat(nameShown("\uD83D\uDE00".repeat(61))).contains("\uD83D\uDE00".repeat(60));
    }

    @Test
    void I8_itIsShownWhereverTheCallGoes() {
        Route unreachable =
                route(Clients.of().withContact(), settings(I7, "{}"), Site.MULTI, List.of());
        Route off =
                route(
                        Clients.of().withContact(),
                        K6,
                        "{'routing':{'enabled':false,'callerName':true}}");

        assertThat(rung(unreachable)).isEqualTo("nobody");
        assertThat(unreachable.name()).contains("Some CONTACT");
        assertThat(rung(off)).isEqualTo("nobody");
        assertThat(off.name()).contains("Some CONTACT");
    }

    @Test
    void I8_itsOwnSwitch() {
        assertThat(route(Clients.of().withContact(), K6, ON).name()).isEmpty();
    }

    @Test
    void O7_anotherTelephonyRoutesItsOwnCalls() {
        String given = "{'otherTelephony':{'enabled':true},'routing':{'enabled':true}}";

        Route route = route(Clients.of().withContact(), K6, given);

        assertThat(rung(route)).isEqualTo("nobody");
        assertThat(why(route).rule()).isEqualTo("O7");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "`{'param':'line','mode':'include','values':['+74951000010']}`, 201",
                "`{'param':'line','mode':'exclude','values':['+74951000010']}`, nobody",
                "`{'any':[{'param':'line','mode':'exclude','values':['+74951000010']},"
                        + "{'param':'employee','mode':'include','values':['203']}]}`, 201",
                "`{'all':[{'param':'line','mode':'exclude','values':['+74951000010']},"
                        + "{'param':'employee','mode':'include','values':['203']}]}`, nobody",
            })
    void O14_aLineThatTheFilterLeavesOutIsNotRouted(String filter, String rung) {
        String given =
                "{'routing':{'enabled':true,'callerName':true},"
                        + "'filters':{'incoming':{'enabled':true,'filter':"
                        + filter
                        + "}}}";

        Route route = route(Clients.of().withContact(), K6, given);

        assertThat(rung(route)).isEqualTo(rung);
        assertThat(route.name().isPresent()).isEqualTo(rung.equals("201"));
    }

    @Test
    void X7_theBookIsAskedOnlyWhereItMatters() {
        assertThat(asks(K6, "{}")).isFalse();
        assertThat(asks(K6, ON)).isTrue();
        assertThat(asks(K6, "{'routing':{'callerName':true}}")).isTrue();
        assertThat(asks(K6, "{'routing':{'enabled':true},'otherTelephony':{'enabled':true}}"))
                .isFalse();
    }

    private static boolean asks(String preset, String given) {
        return Routing.asksForClient(
                new Routing.Arrival(Site.account(false, ALL), Site.integration(), read(Site.MULTI)),
                settings(preset, given));
    }

    @Test
    void O1_ofSeveralPortalsTheFirstThatKnowsCounts() {
        Route stranger = route(Clients.of(), I7, "{}");
        Route named = route(Clients.of().withCompany(), settings(I7, "{}"), Site.MULTI, List.of());
        Route responsible = route(Clients.of().withContact(), K6, ON);

        Route first = Routing.first(List.of(stranger, named, responsible));

        assertThat(rung(first)).isEqualTo("201");
        assertThat(first.name()).contains("Some COMPANY");
        assertThat(first.attempt()).isEqualTo(Duration.ofSeconds(10));
        assertThat(rung(Routing.first(List.of()))).isEqualTo("nobody");
    }
}
