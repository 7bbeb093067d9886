package org.trunkline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.trunkline.model.CallRouting.Route;
import org.trunkline.model.Company;
import org.trunkline.model.CompanyDocument;
import org.trunkline.model.Decision.Part;
import org.trunkline.model.Employee;
import org.trunkline.model.Fault;
import org.trunkline.model.Json;
import org.trunkline.model.PhoneNumber;
import org.trunkline.rules.Presets;
import org.trunkline.runtime.internal.BookRouting;

/** Routes out of the phone books of a company with two portals, the second of which is the main. */
class BookRoutingTest {

    private static final String ON = "{'enabled':true,'callerName':true}";
    private static final String ACME =
            """
            {'name':'Acme','region':'RU',
             'pbx':[{'id':'office','kind':'asterisk','host':'h','username':'u','secret':'s',
                     'employees':[{'id':'i','extension':'201','name':'Ivan'},
                                  {'id':'o','extension':'202','name':'Olga'}]},
                    {'id':'branch','kind':'asterisk','host':'h','username':'u','secret':'s'}],
             'portals':[{'id':'side','kind':'bitrix24','address':'https://a.example',
                         'auth':{'accessToken':'a','refreshToken':'r'}},
                        {'id':'main','kind':'bitrix24','address':'https://b.example','main':true,
                         'auth':{'accessToken':'a','refreshToken':'r'}}],
             'integrations':[
               {'id':'office-side','pbx':'office','portal':'side','preset':'mikopbx-bitrix24',
                'mapping':[{'employee':'i','user':'7'}],'settings':{'routing':SIDE}},
               {'id':'office-main','pbx':'office','portal':'main','preset':'mikopbx-bitrix24',
                'mapping':[{'employee':'o','user':'7'}],'settings':{'routing':MAIN}}]}""";

    private final MemoryBook book = new MemoryBook();

    private Route route(String side, String main, String account, String caller) {
        String document = ACME.replace("SIDE", side).replace("MAIN", main).replace('\'', '"');
        CompanyDocument.Outcome read =
                CompanyDocument.read("acme", Json.tree(document), Presets.all(), Set.of());
        assertThat(read.faults()).isEmpty();
        Company company = read.company();
        return new BookRouting(book)
                .route(
                        company,
                        company.account(account).orElseThrow(),
                        PhoneNumber.read(caller, "RU"),
                        PhoneNumber.read("+74951000010", "RU"));
    }

    private static Optional<String> rung(Route route) {
        return route.employee().map(Employee::extension);
    }

    @Test
    void K6_theBookOfThePortalSaysWhoIsResponsible() {
        book.contact("side", "+79161234567", "Anna", "7");

        Route route = route(ON, "{}", "office", "8 916 123-45-67");

        assertThat(rung(route)).contains("201");
        assertThat(route.name()).contains("Anna");
        assertThat(route.attempt()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void O1_theMainPortalHasTheFirstWord() {
        book.contact("side", "+79161234567", "Anna", "7");
        book.contact("main", "+79161234567", "Anna Orlova", "7");

        Route route = route(ON, ON, "office", "+79161234567");

        assertThat(rung(route)).contains("202");
        assertThat(route.name()).contains("Anna Orlova");
        assertThat(route.parts()).extracting(Part::what).contains("route", "callerName");
    }

    @Test
    void O1_thePortalThatKnowsTheClientIsHeard() {
        book.contact("side", "+79161234567", "Anna", "7");

        assertThat(rung(route(ON, ON, "office", "+79161234567"))).contains("201");
    }

    @Test
    void T20_whatIsOffIsNotLookedUp() {
        assertThat(rung(route("{}", ON, "office", "+79161234567"))).isEmpty();

        assertThat(book.asked).containsExactly("main");
    }

    @Test
    void anotherPbxHasNoPartInIt() {
        book.contact("side", "+79161234567", "Anna", "7");

        assertThat(rung(route(ON, ON, "branch", "+79161234567"))).isEmpty();
        assertThat(book.asked).isEmpty();
    }

    @Test
    void K6_whoHidesTheNumberIsAStranger() {
        Route route = route(ON, ON, "office", "anonymous");

        assertThat(rung(route)).isEmpty();
        assertThat(route.parts().get(0).reason()).isEqualTo("the caller hides the number");
    }

    @Test
    void aBrokenStoreIsTold() {
        book.broken = true;

        assertThatThrownBy(() -> route(ON, ON, "office", "+79161234567"))
                .isInstanceOf(Fault.Retryable.class);
    }
}
