package org.trunkline.model;

import java.time.Duration;
import java.util.Optional;

/**
 * Why something could not be done, sorted by what helps: {@link Retryable} waiting, {@link Data} a
 * change of data or settings, {@link Auth} a new authorisation.
 */
public abstract sealed class Fault extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String cure;

    private Fault(String message, String cure, Throwable cause) {
        super(message, cause);
        this.cure = cure;
    }

    /** What a person should do; empty where waiting is all. */
    public String cure() {
        return cure;
    }

    /** Infrastructure: tried again without end, with growing delay (design, "Durability"). */
    public static sealed class Retryable extends Fault permits Away {
        private static final long serialVersionUID = 1;
        private final transient Optional<Duration> retryAfter;

        public Retryable(String message, Throwable cause) {
            super(message, "", cause);
            retryAfter = Optional.empty();
        }

        public Retryable(String message, Duration retryAfter) {
            super(message, "", null);
            this.retryAfter = Optional.of(retryAfter);
        }

        /** How long the other side asks to be left alone. */
        public Optional<Duration> retryAfter() {
            return retryAfter;
        }
    }

    /**
     * Nothing reaches the portal. Once it answers, all that waited for it may go at once, however
     * long each was to wait.
     */
    public static final class Away extends Retryable {
        private static final long serialVersionUID = 1;

        public Away(String message, Duration retryAfter) {
            super(message, retryAfter);
        }
    }

    /** Waiting will not help: to the dead letters at once, where a person can mend it. */
    public static final class Data extends Fault {
        private static final long serialVersionUID = 1;

        public Data(String message, String cure) {
            super(message, cure, null);
        }
    }

    /** The portal's authorisation is gone: its work waits until it is renewed. */
    public static final class Auth extends Fault {
        private static final long serialVersionUID = 1;

        public Auth(String message, String cure) {
            super(message, cure, null);
        }
    }
}
