package org.trunkline.pbx.asterisk.internal.ami;

/** Why there is no AMI session, and what the administrator can do about it. */
public final class AmiFault extends Exception {
    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** No TCP connection: wrong address, Asterisk down, firewall. */
        UNREACHABLE,
        /** Something answers that does not speak AMI, or does not speak in time. */
        NOT_AMI,
        /** The TLS handshake failed. */
        TLS,
        /** Asterisk refuses the name, the secret or our address; asking again soon is no use. */
        LOGIN_REFUSED,
        /** A working session ended. */
        LOST,
        /** The action failed or was not answered in time; the session goes on. */
        ACTION
    }

    private final Kind kind;
    private final String cure;

    public AmiFault(Kind kind, String reason, String cure) {
        super(reason);
        this.kind = kind;
        this.cure = cure;
    }

    public AmiFault(Kind kind, String reason, String cure, Throwable cause) {
        super(reason, cause);
        this.kind = kind;
        this.cure = cure;
    }

    public Kind kind() {
        return kind;
    }

    /** A sentence for the administrator. */
    public String cure() {
        return cure;
    }
}
