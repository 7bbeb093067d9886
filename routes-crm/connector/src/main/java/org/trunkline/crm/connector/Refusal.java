package org.trunkline.crm.connector;

import org.trunkline.model.Fault;

/** A portal's no. */
public interface Refusal {

    /** For people; holds no secrets. */
    String text();

    /** As delivery understands it. */
    Fault fault();

    /** Whether it may have been done all the same. */
    boolean broken();

    /** Whether what it was about is not in the portal any more. */
    boolean gone();
}
