package org.trunkline.crm.bitrix24.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.trunkline.model.Client;
import org.trunkline.model.EntityKind;
import org.trunkline.model.Fault;
import org.trunkline.model.PhoneNumber;

/** Who stands under a number in the simulated portal. */
class ClientSearchTest extends AgainstSandbox {

    private static final PhoneNumber NUMBER = new PhoneNumber("+79161234567", "89161234567");

    @Test
    void T14_whomNobodyKnowsIsUnknownAndCostsOneRequest() {
        portal.put(
                """
                {"contacts":[{"ID":"1","NAME":"Other","PHONE":"+79160000000"}],
                 "deals":[{"ID":"9","TITLE":"nobody's","ASSIGNED_BY_ID":"8"}]}""");

        assertThat(find()).isEqualTo(Client.UNKNOWN);
        assertThat(portal.requests()).containsExactly("batch");
    }

    @Test
    void O11_contactCompanyLeadAndDealAreFoundWithWhoseTheyAre() {
        portal.put(
                """
                {"mode":"classic",
                 "contacts":[{"ID":"11","NAME":"Olga","LAST_NAME":"Orlova","ASSIGNED_BY_ID":"7",
                              "PHONE":"8 (916) 123-45-67"}],
                 "companies":[{"ID":"12","TITLE":"Horns","ASSIGNED_BY_ID":"8","PHONE":"+79161234567"}],
                 "leads":[{"ID":"13","TITLE":"Kettle","ASSIGNED_BY_ID":"9","PHONE":"+79161234567"}],
                 "deals":[{"ID":"14","TITLE":"Pot","ASSIGNED_BY_ID":"10","CONTACT_ID":"11"}]}""");

        Client client = find();

        assertThat(client.contact())
                .contains(new Client.Found(EntityKind.CONTACT, "11", "Olga Orlova", "7", true));
        assertThat(client.company())
                .contains(new Client.Found(EntityKind.COMPANY, "12", "Horns", "8", true));
        assertThat(client.lead())
                .contains(new Client.Found(EntityKind.LEAD, "13", "Kettle", "9", true));
        assertThat(client.deal())
                .contains(new Client.Found(EntityKind.DEAL, "14", "Pot", "10", true));
        assertThat(portal.requests()).containsExactly("batch");
    }

    @Test
    void O6_anOpenDealGoesBeforeALaterClosedOne() {
        portal.put(
                """
                {"contacts":[{"ID":"11","NAME":"Olga","PHONE":"+79161234567"}],
                 "deals":[{"ID":"20","TITLE":"open","STAGE_ID":"NEW","CONTACT_ID":"11"},
                          {"ID":"21","TITLE":"won","STAGE_ID":"WON","CONTACT_ID":"11"},
                          {"ID":"22","TITLE":"another's","STAGE_ID":"NEW","CONTACT_ID":"12"}]}""");

        assertThat(find().deal().map(Client.Found::id)).contains("20");
    }

    @Test
    void O6_ofClosedOnesTheLatestCounts() {
        portal.put(
                """
                {"companies":[{"ID":"12","TITLE":"Horns","PHONE":"+79161234567"}],
                 "leads":[{"ID":"30","TITLE":"old","STATUS_ID":"JUNK","PHONE":"+79161234567"},
                          {"ID":"31","TITLE":"new","STATUS_ID":"JUNK","PHONE":"+79161234567"}],
                 "deals":[{"ID":"20","TITLE":"lost","STAGE_ID":"LOSE","COMPANY_ID":"12"},
                          {"ID":"21","TITLE":"won","STAGE_ID":"WON","COMPANY_ID":"12"}]}""");

        Client client = find();

        assertThat(client.deal().map(Client.Found::id)).contains("21");
        assertThat(client.deal().map(Client.Found::open)).contains(false);
        assertThat(client.lead().map(Client.Found::id)).contains("31");
        assertThat(client.open()).isEmpty();
    }

    @Test
    void aPortalThatCannotBeAskedIsWaitedFor() {
        portal.fault("{\"kind\":\"down\",\"forSeconds\":60}");

        assertThatThrownBy(this::find).isInstanceOf(Fault.Retryable.class);
    }

    private Client find() {
        return connector.find(portal.portal, "acme", NUMBER);
    }
}
