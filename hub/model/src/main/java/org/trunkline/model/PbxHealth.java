package org.trunkline.model;

import java.util.List;

/**
 * State of one PBX account.
 *
 * @param state {@code connected}, {@code standby} (connected, but another hub serves the company),
 *     {@code connecting}, {@code refused}, or {@code waiting}: a PBX that is only ever heard has
 *     not been heard yet, which need not be a trouble
 * @param reason empty when all is well
 * @param cure what to do about it; empty where waiting is all
 */
public record PbxHealth(String company, String id, String state, String reason, String cure) {

    /** A PBX that is only ever heard has not been heard yet. */
    public static final String WAITING = "waiting";

    /** Whether this word means that the PBX is heard, by whichever hub. */
    public static boolean heard(String state) {
        return state.equals("connected") || state.equals("standby");
    }

    /** Whether nothing says that the PBX is not heard. */
    public boolean mayBeHeard() {
        return heard(state) || state.equals(WAITING);
    }

    /** An OSGi service of each PBX bundle. */
    public interface Source {
        List<PbxHealth> health();
    }
}
