package org.trunkline.model;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Commands to one kind of PBX; an OSGi service of that PBX's bundle. What becomes of a command is
 * told by the PBX's events of the call with the command's key.
 */
public interface PbxControl {

    PbxKind kind();

    /**
     * Has the PBX ring whom the order names and then the client. Blocks until the PBX took the
     * command, a few seconds at most.
     *
     * @throws Fault.Retryable if the PBX can't be reached; nothing rings then, as far as is known
     * @throws Fault.Data if the PBX refuses, with the cure
     */
    void call(String company, PbxAccount account, Order order);

    /**
     * @param callKey the call's key: the PBX's events must name it
     * @param first whose phones ring together; who picks up first gets the client
     * @param ring how long they ring
     * @param name what the first phones show beside the client's number; empty: as the PBX is set
     */
    record Order(
            String callKey,
            List<First> first,
            PhoneNumber client,
            Duration ring,
            Optional<String> name) {
        public Order {
            first = List.copyOf(first);
        }

        public Order(String callKey, List<First> first, PhoneNumber client, Duration ring) {
            this(callKey, first, client, ring, Optional.empty());
        }
    }

    /**
     * One phone that rings before the client's.
     *
     * @param phone an employee's extension, or a number that the PBX dials as any other (O21)
     * @param callerId what the client sees if this one picks up; empty: as the PBX is set
     */
    record First(Phone phone, Optional<PhoneNumber> callerId) {}

    /** What rings. */
    sealed interface Phone {}

    /** An employee's. */
    record Extension(String extension) implements Phone {}

    record Number(PhoneNumber number) implements Phone {}
}
