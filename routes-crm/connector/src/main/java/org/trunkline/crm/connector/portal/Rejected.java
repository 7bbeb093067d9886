package org.trunkline.crm.connector.portal;

/** Why a request from a portal is not taken. */
public final class Rejected extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;

    private Rejected(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** 401: who sent it learns nothing more. */
    public static Rejected stranger() {
        return new Rejected(401, "");
    }

    /** 403: known, but not taken; the administrator is told why, the sender is not. */
    public static Rejected refused() {
        return new Rejected(403, "");
    }

    /** 404: no such portal. */
    public static Rejected unknown() {
        return new Rejected(404, "");
    }

    /**
     * 400: it can't be read.
     *
     * @param message names the field and the cure, and holds no value
     */
    public static Rejected malformed(String message) {
        return new Rejected(400, message);
    }

    /**
     * 409: it can't be done as things are.
     *
     * @param message for a sender who is known
     */
    public static Rejected conflict(String message) {
        return new Rejected(409, message);
    }

    /** 413: far more than such a request needs. */
    public static Rejected tooLarge() {
        return new Rejected(413, "");
    }

    public int status() {
        return status;
    }
}
