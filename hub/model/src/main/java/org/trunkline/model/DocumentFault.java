package org.trunkline.model;

/**
 * One thing wrong with a document that a person wrote.
 *
 * @param path JSON Pointer (RFC 6901) of the place
 * @param message what is wrong
 * @param cure what to do about it
 */
public record DocumentFault(String path, String message, String cure) {

    @Override
    public String toString() {
        return (path.isEmpty() ? "/" : path) + ": " + message + " (" + cure + ")";
    }
}
