package org.trunkline.crm.connector;

/** What one call wants of its portal at once; it travels as a whole. */
public interface Parcel {

    Lane lane();

    /** How many answers it gets. */
    int size();
}
