package org.trunkline.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;

/**
 * One PBX account bound to one portal.
 *
 * @param mapping CRM user of each mapped employee, by the employee's id (rule T4)
 * @param settings merge-patch over the preset
 */
public record Integration(
        String id,
        String pbx,
        String portal,
        String preset,
        Map<String, String> mapping,
        JsonNode settings) {

    /** The CRM user of an employee; empty for one who is not mapped. */
    public Optional<String> user(Employee employee) {
        return Optional.ofNullable(mapping.get(employee.id()));
    }
}
