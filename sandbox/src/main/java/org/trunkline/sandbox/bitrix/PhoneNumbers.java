package org.trunkline.sandbox.bitrix;

/** How the portal compares numbers: digits only, Russian 8… and bare ten digits as 7…. */
final class PhoneNumbers {
    private PhoneNumbers() {}

    /** Digits to compare by; "" when there are none. An extension after the number is ignored. */
    static String normalise(String raw) {
        String number = raw.split("[;,]|доб|ext", 2)[0];
        String digits = number.replaceAll("\\D", "");
        if (digits.length() == 11 && digits.startsWith("8") && !number.strip().startsWith("+")) {
            return "7" + digits.substring(1);
        }
        return digits.length() == 10 && !number.strip().startsWith("+") ? "7" + digits : digits;
    }

    /** As titles and activities show it. Short internal numbers stay bare. */
    static String display(String raw) {
        String digits = normalise(raw);
        return digits.length() > 6 ? "+" + digits : digits;
    }
}
