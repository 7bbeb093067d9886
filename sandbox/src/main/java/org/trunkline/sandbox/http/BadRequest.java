package org.trunkline.sandbox.http;

/** A request to the sandbox's own control surface that can't be understood: answered with 400. */
public final class BadRequest extends RuntimeException {
    public BadRequest(String message) {
        super(message);
    }
}
