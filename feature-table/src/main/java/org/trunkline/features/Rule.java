package org.trunkline.features;

/**
 * A rule of the product.
 *
 * @param id a letter and a number, as O11: what the names of its tests begin with
 * @param text what it asks for, in one paragraph
 * @param state whether it is built
 * @param waitsFor the part of the product that is missing; empty for {@link State#BUILT}
 */
record Rule(String id, String text, State state, String waitsFor) {

    /** How much of a rule is there. */
    enum State {
        /** All of it: there must be a test. */
        BUILT,
        /** Some of it: there must be a test of that part. */
        PARTLY,
        /** Nothing: there can be no test. */
        LATER
    }
}
