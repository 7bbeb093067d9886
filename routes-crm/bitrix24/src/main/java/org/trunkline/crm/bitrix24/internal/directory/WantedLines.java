package org.trunkline.crm.bitrix24.internal.directory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Company;
import org.trunkline.model.Employee;
import org.trunkline.model.Integration;
import org.trunkline.model.Line;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PhoneNumber;
import org.trunkline.model.Portal;
import org.trunkline.model.Settings;
import org.trunkline.model.Settings.CreateBy;
import org.trunkline.rules.Presets;

/**
 * The outside lines that a portal should have (rule T6): every multichannel number, and the number
 * of every mapped employee. The default line without a number is the application itself, which the
 * portal offers without being asked. Pure.
 */
final class WantedLines {

    private WantedLines() {}

    /**
     * A line.
     *
     * @param name "number", or "number, employee's name"
     * @param autoCreate whether the portal makes entities of outgoing calls over it, which is right
     *     only where the settings leave that to the portal
     */
    record Wanted(String number, String name, boolean autoCreate) {}

    /** By their digits, in the order of the document. */
    static Map<String, Wanted> of(Company company, Portal portal) {
        Map<String, Wanted> wanted = new LinkedHashMap<>();
        company.integrations().stream()
                .filter(integration -> integration.portal().equals(portal.id()))
                .forEach(integration -> add(company, integration, wanted));
        return wanted;
    }

    private static void add(Company company, Integration integration, Map<String, Wanted> wanted) {
        Optional<PbxAccount> account = company.account(integration.pbx());
        boolean create = portalCreates(integration);
        account.ifPresent(
                pbx -> {
                    pbx.lines().stream()
                            .filter(line -> line.kind() == Line.Kind.MULTICHANNEL)
                            .forEach(line -> add(wanted, line.number(), "", create));
                    pbx.employees().stream()
                            .filter(employee -> integration.user(employee).isPresent())
                            .forEach(employee -> add(pbx, employee, wanted, create));
                });
    }

    private static void add(
            PbxAccount pbx, Employee employee, Map<String, Wanted> wanted, boolean create) {
        employee.number().ifPresent(number -> add(wanted, number, employee.name(), create));
        pbx.lines().stream()
                .filter(line -> line.employee().equals(Optional.of(employee.id())))
                .forEach(line -> add(wanted, line.number(), employee.name(), create));
    }

    private static void add(
            Map<String, Wanted> wanted, PhoneNumber number, String owner, boolean create) {
        String name = owner.isEmpty() ? number.value() : number.value() + ", " + owner;
        wanted.putIfAbsent(digits(number.value()), new Wanted(number.value(), name, create));
    }

    /** Portals may drop the plus. */
    static String digits(String number) {
        String digits = number.replaceAll("\\D", "");
        return digits.isEmpty() ? number : digits;
    }

    private static boolean portalCreates(Integration integration) {
        Settings settings = Presets.settings(integration.preset(), integration.settings());
        return settings.entities().createBy() == CreateBy.PORTAL && settings.entities().outgoing();
    }
}
