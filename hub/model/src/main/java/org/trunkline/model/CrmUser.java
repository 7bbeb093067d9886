package org.trunkline.model;

import java.util.List;
import java.util.Optional;

/**
 * A user of a CRM, as the table of employees needs him (rule T4).
 *
 * @param id the CRM's
 * @param name first and last name; empty if the CRM has none
 * @param phones as the CRM's people wrote them, without the extension
 * @param active whether he was not dismissed
 */
public record CrmUser(
        String id,
        String name,
        Optional<String> email,
        Optional<String> extension,
        List<String> phones,
        boolean active) {}
