package org.trunkline.pbx.mango.internal.translate;

import java.util.Optional;
import org.trunkline.model.PhoneNumber;

/** One end of a call as Mango gives it: {@code from} or {@code to}. */
record Party(NativeMessage part) {

    Optional<String> extension() {
        return part.text("extension");
    }

    boolean isEmployee() {
        return extension().isPresent();
    }

    /** The call in which this party was before it came into this one. */
    Optional<String> takenFrom() {
        return part.text("taken_from_call_id");
    }

    Optional<PhoneNumber> number(String region) {
        return part.text("number").flatMap(text -> phone(text, region));
    }

    /**
     * Numbers come as {@code 74951234567} and as {@code sip:74951234567@host}; a SIP account's
     * name, such as {@code sip:user1@host}, is no phone number.
     */
    static Optional<PhoneNumber> phone(String text, String region) {
        String bare = text.replaceFirst("^(?i)sips?:", "").replaceFirst("@.*$", "");
        return bare.matches("\\+?[0-9][0-9 ()-]*")
                ? PhoneNumber.read(bare, region)
                : Optional.empty();
    }
}
