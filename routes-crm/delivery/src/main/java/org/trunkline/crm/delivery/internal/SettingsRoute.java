package org.trunkline.crm.delivery.internal;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.trunkline.model.Company;
import org.trunkline.store.Companies;
import org.trunkline.store.Work;

/**
 * Notices that a company's document changed, and has what waits for a later time decided anew: N
 * may be shorter or longer by now (rules O12, I3). After a start all companies count as changed,
 * for a change just before the stop may not have been noticed.
 */
public final class SettingsRoute extends RouteBuilder {

    private final Companies companies;
    private final Work work;
    private final Map<String, Company> noticed = new HashMap<>();

    public SettingsRoute(Companies companies, Work work) {
        this.companies = companies;
        this.work = work;
    }

    @Override
    public void configure() {
        from("timer:settings?period=1000")
                .routeId("settings")
                .process(exchange -> look())
                .id("reconsider");
    }

    /** What fails is looked at again a second later. */
    private void look() {
        for (Company company : companies.all()) {
            if (!company.equals(noticed.get(company.id()))) {
                work.reconsider(company.id());
                noticed.put(company.id(), company);
            }
        }
    }
}
