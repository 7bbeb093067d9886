package org.trunkline.features;

import java.util.Comparator;
import java.util.List;

/**
 * A test method that ran; all cases of a parameterised one together.
 *
 * @param module its folder, as hub/rules
 * @param test its class, without the package
 * @param result the worst of its cases
 */
record Proof(String module, String test, String method, Result result)
        implements Comparable<Proof> {
    private static final Comparator<Proof> ORDER =
            Comparator.comparing(Proof::module)
                    .thenComparing(Proof::test)
                    .thenComparing(Proof::method);

    /** From the best to the worst. */
    enum Result {
        PASSED,
        SKIPPED,
        FAILED
    }

    /** The rules that it proves. */
    List<String> ids() {
        return RuleIds.in(method);
    }

    /** As a person looks for it. */
    String name() {
        return module + " " + test + "." + method;
    }

    @Override
    public int compareTo(Proof other) {
        return ORDER.compare(this, other);
    }
}
