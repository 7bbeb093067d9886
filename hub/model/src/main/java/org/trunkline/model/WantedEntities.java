package org.trunkline.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the hub wants a client to have in the CRM after a call (sections 4, 5 and 7 of the rules).
 *
 * @param create what is to be made; empty: all that is needed is there
 * @param responsible CRM user that what is made should have now; empty: nobody is known
 * @param reassign an entity found before that becomes the responsible's too (O10); empty: none
 * @param changeAt when the responsible will be another (O12); empty: he stays
 * @param stage of a new lead or deal; empty: the CRM's own first
 * @param sourceDescription empty: leave it (O5)
 * @param fields CRM text fields by their codes (O19)
 * @param updateFieldsOf whose fields are updated though nothing is made; empty: nobody's
 */
public record WantedEntities(
        Optional<New> create,
        Optional<String> responsible,
        Optional<Client.Found> reassign,
        Optional<Instant> changeAt,
        Optional<Settings.Stage> stage,
        Optional<String> sourceDescription,
        Map<String, String> fields,
        Optional<Client.Found> updateFieldsOf) {

    /**
     * New ones.
     *
     * @param kind what is made; {@code BY_MODE}: as the CRM's mode asks
     * @param titles by kind, for those that may be made
     * @param contactName of a contact that is made with them (K4)
     * @param tags of all that is made
     */
    public record New(
            Settings.Kind kind,
            Map<EntityKind, String> titles,
            String contactName,
            List<String> tags) {}
}
