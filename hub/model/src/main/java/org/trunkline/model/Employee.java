package org.trunkline.model;

import java.util.Optional;

/**
 * A subscriber of the PBX.
 *
 * @param multichannelCallerId whether clients see the multichannel number when this employee calls
 *     (rule T18)
 * @param sip whether there is a SIP line to ring (rule O21)
 */
public record Employee(
        String id,
        String extension,
        String name,
        Optional<String> email,
        Optional<PhoneNumber> number,
        boolean multichannelCallerId,
        boolean sip) {}
