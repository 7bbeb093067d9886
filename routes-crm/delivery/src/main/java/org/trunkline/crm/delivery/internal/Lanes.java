package org.trunkline.crm.delivery.internal;

import java.util.function.Function;
import org.trunkline.model.Integration;
import org.trunkline.store.Companies;
import org.trunkline.store.Work;

/**
 * Rows of one portal go in one lane, those of calls that go on in another: a portal that hangs
 * fills its own lanes only, and no card waits until history has left.
 */
public record Lanes(Companies companies) implements Function<Work.Item, String> {

    @Override
    public String apply(Work.Item item) {
        return companies
                .find(item.company())
                .flatMap(company -> company.integration(item.integration()))
                .map(Integration::portal)
                .map(portal -> item.company() + "/" + portal + (item.live() ? " live" : ""))
                .orElse(item.company());
    }
}
