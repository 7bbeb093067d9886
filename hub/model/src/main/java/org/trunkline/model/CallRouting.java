package org.trunkline.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Whom a call that has just come in should ring (rules K6, T20, I7, I8); an OSGi service of the
 * hub, asked by the PBXs' bundles while the caller waits.
 */
public interface CallRouting {

    /**
     * Answers out of the phone book and the provisioning alone. No CRM is asked, so an answer takes
     * milliseconds, also while the CRM is down (rule X7).
     *
     * @param caller empty: the caller hides the number
     * @param line the company's number that was dialled; empty: not known
     * @throws Fault.Retryable if the store can't be read
     */
    Route route(
            Company company,
            PbxAccount account,
            Optional<PhoneNumber> caller,
            Optional<PhoneNumber> line);

    /**
     * An answer.
     *
     * @param employee whose phone is to ring first; empty: the PBX goes its own way
     * @param name of the client, for the ringing phone, wherever the call goes; empty: not known,
     *     or not to be shown
     * @param attempt how long the phone rings before the PBX goes its own way; whole seconds count
     * @param parts why (rule X5)
     */
    record Route(
            Optional<Employee> employee,
            Optional<String> name,
            Duration attempt,
            List<Decision.Part> parts) {

        /** The PBX goes its own way. */
        public static Route nobody(Decision.Part reason) {
            return new Route(Optional.empty(), Optional.empty(), Duration.ZERO, List.of(reason));
        }
    }
}
