package org.trunkline.pbx.uis.internal;

import java.util.Optional;
import org.trunkline.model.Company;
import org.trunkline.model.Employee;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PhoneNumber;

/**
 * The employee that a notification speaks of. UIS's notifications of one attempt to reach him share
 * no id ({@code leg_id} here, {@code leg_ids} there, {@code employee_ids} of a lost call), so his
 * attempts within one call make one leg.
 *
 * @param leg the leg's key
 * @param extension the mapped employee's; else what UIS called him by
 */
record Party(String leg, String extension) {

    /** Empty if the notification names nobody. */
    static Optional<Party> of(Notification notification, Company company, PbxAccount account) {
        Optional<String> id = notification.text("employee_id");
        Optional<String> phone =
                notification
                        .text("extension_phone_number")
                        .or(() -> notification.text("employee_phone_number"));
        Optional<Employee> employee =
                id.flatMap(given -> byId(given, account))
                        .or(() -> phone.flatMap(given -> byPhone(given, company, account)));
        return id.or(() -> employee.map(Employee::id))
                .or(() -> phone)
                .map(key -> party(key, employee, phone));
    }

    /** Of whom only UIS's id is known, as in the list of a lost call. */
    static Party of(String id, PbxAccount account) {
        return party(id, byId(id, account), Optional.empty());
    }

    private static Party party(String key, Optional<Employee> employee, Optional<String> phone) {
        return new Party(
                "employee:" + key,
                employee.map(Employee::extension)
                        .filter(extension -> !extension.isEmpty())
                        .or(() -> phone)
                        .orElse(key));
    }

    private static Optional<Employee> byId(String id, PbxAccount account) {
        return account.employees().stream().filter(e -> e.id().equals(id)).findFirst();
    }

    private static Optional<Employee> byPhone(String phone, Company company, PbxAccount account) {
        Optional<Employee> extension = account.byExtension(phone);
        return extension.or(
                () ->
                        PhoneNumber.read(phone, company.region())
                                .flatMap(
                                        number ->
                                                account.employees().stream()
                                                        .filter(e -> owns(e, number))
                                                        .findFirst()));
    }

    private static boolean owns(Employee employee, PhoneNumber number) {
        return employee.number().filter(own -> own.value().equals(number.value())).isPresent();
    }
}
