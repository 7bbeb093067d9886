package org.trunkline.crm.amocrm.internal.widget;

import java.util.List;
import java.util.Optional;
import org.trunkline.model.Company;
import org.trunkline.model.Employee;
import org.trunkline.model.Integration;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Portal;
import org.trunkline.rules.Presets;

/**
 * One employee of a PBX that is bound to the portal.
 *
 * @param user CRM user he is; empty: he is not mapped (rule T4)
 * @param phone whether there is a phone that could ring
 * @param clickToCall whether clicks are on for his PBX (rule O20)
 */
record EmployeeRow(
        String pbx,
        String name,
        String extension,
        Optional<String> user,
        boolean phone,
        boolean clickToCall) {

    /** As the widget's settings page reads it. */
    record Table(List<EmployeeRow> items) {}

    static Table of(Company company, Portal portal) {
        return new Table(
                company.integrations().stream()
                        .filter(integration -> integration.portal().equals(portal.id()))
                        .flatMap(
                                integration ->
                                        company.account(integration.pbx()).stream()
                                                .flatMap(pbx -> of(integration, pbx).stream()))
                        .toList());
    }

    private static List<EmployeeRow> of(Integration integration, PbxAccount pbx) {
        boolean on =
                Presets.settings(integration.preset(), integration.settings())
                        .clickToCall()
                        .enabled();
        return pbx.employees().stream().map(e -> of(integration, pbx, e, on)).toList();
    }

    private static EmployeeRow of(
            Integration integration, PbxAccount pbx, Employee employee, boolean on) {
        return new EmployeeRow(
                pbx.id(),
                employee.name(),
                employee.extension(),
                integration.user(employee),
                employee.sip() && !employee.extension().isEmpty(),
                on);
    }
}
