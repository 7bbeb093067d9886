package org.trunkline.model;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import java.util.Optional;

/**
 * An outside number.
 *
 * @param value E.164 ({@code +79161234567}) where the number could be read so, else the text as the
 *     PBX gave it
 * @param raw the text as the PBX gave it
 */
public record PhoneNumber(String value, String raw) implements Comparable<PhoneNumber> {

    private static final PhoneNumberUtil PLAN = PhoneNumberUtil.getInstance();

    /**
     * Reads a number as the PBX wrote it.
     *
     * @param text any spelling: {@code 8 (916) 123-45-67}, {@code 79161234567}, {@code +7…}
     * @param region ISO 3166-1 alpha-2 code that national spellings belong to, such as {@code RU}
     * @return empty for an empty, anonymous or unknown caller
     */
    public static Optional<PhoneNumber> read(String text, String region) {
        String raw = text.strip();
        if (raw.chars().noneMatch(Character::isDigit)) {
            return Optional.empty();
        }
        return Optional.of(
                international(raw, region)
                        .map(e164 -> new PhoneNumber(e164, raw))
                        .orElseGet(() -> new PhoneNumber(raw, raw)));
    }

    /** Whether national spellings of a region can be read. */
    static boolean knows(String region) {
        return PLAN.getSupportedRegions().contains(region);
    }

    /** A national reading that is possible wins; else digits with the country code but no plus. */
    private static Optional<String> international(String raw, String region) {
        Optional<String> national = valid(raw, region);
        return national.isPresent() || raw.startsWith("+") ? national : valid("+" + raw, region);
    }

    private static Optional<String> valid(String text, String region) {
        try {
            var number = PLAN.parse(text, region);
            return PLAN.isValidNumber(number)
                    ? Optional.of(PLAN.format(number, PhoneNumberFormat.E164))
                    : Optional.empty();
        } catch (NumberParseException notANumber) {
            return Optional.empty();
        }
    }

    /** The number for a log line: all but the last four digits hidden (rule X9). */
    public String masked() {
        return "***" + value.substring(Math.max(0, value.length() - 4));
    }

    @Override
    public int compareTo(PhoneNumber other) {
        int byValue = value.compareTo(other.value);
        return byValue != 0 ? byValue : raw.compareTo(other.raw);
    }

    @Override
    public String toString() {
        return masked();
    }
}
