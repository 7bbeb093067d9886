package org.trunkline.bench.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.trunkline.model.CrmKind;

/** What benchmarks know of a CRM and its simulator. */
public interface Crm {
    CrmKind kind();

    /**
     * What makes the simulator know the first clients ({@link Firm#client}), each with an open
     * deal, and nobody else.
     */
    ObjectNode knowing(int count);

    /**
     * Whether the hub asks this without a call: for its phone book, users, tokens and the like.
     *
     * @param name as the simulator's ledger has it
     */
    boolean byClock(String name);

    /** A kind in documents and in the sandbox's paths. */
    static String name(CrmKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
