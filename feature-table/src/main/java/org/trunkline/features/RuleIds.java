package org.trunkline.features;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The ids of rules in the names of tests: {@code O11_dealAlone}, {@code aChain_M4_X1}. */
final class RuleIds {
    private static final Pattern ID = Pattern.compile("[TMIKOX][1-9][0-9]*");

    private RuleIds() {}

    static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** In the order of the name; none if it proves no rule. */
    static List<String> in(String methodName) {
        return Arrays.stream(methodName.split("_")).filter(RuleIds::isId).distinct().toList();
    }
}
