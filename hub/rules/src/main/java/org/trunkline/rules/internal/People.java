package org.trunkline.rules.internal;

import java.util.List;
import java.util.Optional;
import org.trunkline.model.Integration;
import org.trunkline.model.Leg;
import org.trunkline.model.PbxAccount;

/** Who is who: extension to employee to CRM user (rule T4). */
public record People(PbxAccount account, Integration integration) {

    /** The CRM user of a leg; empty for an employee who is not mapped. */
    Optional<String> user(Leg leg) {
        return leg.extension().flatMap(account::byExtension).flatMap(integration::user);
    }

    /** The CRM users of legs, each once, in order. */
    List<String> users(List<Leg> legs) {
        return legs.stream().flatMap(leg -> user(leg).stream()).distinct().toList();
    }

    /** For a reason that a person reads. */
    static String named(Leg leg) {
        return "extension " + leg.extension().orElse("unknown");
    }
}
