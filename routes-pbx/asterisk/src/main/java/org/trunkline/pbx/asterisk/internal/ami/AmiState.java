package org.trunkline.pbx.asterisk.internal.ami;

/**
 * What health shows of an AMI connection.
 *
 * @param state one word
 * @param reason why it is not connected; empty when it is
 * @param cure what to do about it; empty when there is nothing to do
 */
public record AmiState(State state, String reason, String cure) {

    public enum State {
        CONNECTING,
        CONNECTED,
        DISCONNECTED,
        /** Asterisk refuses our login. */
        REFUSED,
        STOPPED
    }

    static AmiState of(State state) {
        return new AmiState(state, "", "");
    }

    static AmiState of(AmiFault fault) {
        boolean refused = fault.kind() == AmiFault.Kind.LOGIN_REFUSED;
        return new AmiState(
                refused ? State.REFUSED : State.DISCONNECTED, fault.getMessage(), fault.cure());
    }
}
