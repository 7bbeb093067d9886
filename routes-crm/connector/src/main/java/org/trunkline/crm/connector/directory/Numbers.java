package org.trunkline.crm.connector.directory;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.trunkline.model.PhoneNumber;

/** Telephone numbers as people write them into a CRM. Pure. */
public final class Numbers {

    private Numbers() {}

    /**
     * The numbers in these texts, without those that are none. What follows a number is an
     * extension, which the portals' own searches ignore too.
     *
     * @param region whose numbers are written without a country, as {@link PhoneNumber#read} takes
     *     it
     */
    public static Set<String> read(Stream<String> texts, String region) {
        return texts.map(text -> text.split("[;,]|доб|ext", 2)[0])
                .map(text -> PhoneNumber.read(text, region))
                .flatMap(Optional::stream)
                .map(PhoneNumber::value)
                .collect(Collectors.toUnmodifiableSet());
    }
}
