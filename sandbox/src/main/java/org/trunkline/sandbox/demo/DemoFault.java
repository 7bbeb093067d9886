package org.trunkline.sandbox.demo;

/** The demo can't go on; the message says why and what to do. */
public final class DemoFault extends Exception {
    public DemoFault(String message) {
        super(message);
    }
}
