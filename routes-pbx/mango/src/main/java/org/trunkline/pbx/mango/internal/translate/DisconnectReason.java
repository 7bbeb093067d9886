package org.trunkline.pbx.mango.internal.translate;

import java.util.Optional;
import java.util.Set;
import org.trunkline.model.CallResult;
import org.trunkline.model.Direction;
import org.trunkline.model.LegResult;

/**
 * Mango's {@code disconnect_reason} ("Список кодов результатов", VPBX API 1.9). A code that is not
 * known counts as its class.
 *
 * @param code 0: none was given
 */
record DisconnectReason(long code) {

    /** The first half of a callback handed over to the second: nothing is over. */
    private static final long HANDED_OVER = 1000;

    private static final long CALLER_HUNG_UP = 1110;
    private static final long CALLEE_HUNG_UP = 1120;

    /** Busy, declined, do not disturb, declined because in talk, answering machine "busy". */
    private static final Set<Long> BUSY = Set.of(1121L, 1122L, 1123L, 1124L, 1193L, 1312L);

    private static final Set<Long> NORMAL = Set.of(0L, 1100L, 1300L);

    /** Restrictions of the called number, of its region, of the calling one. */
    private static final Set<Long> NOT_PUT_THROUGH = Set.of(113L, 114L, 115L);

    boolean handedOver() {
        return code == HANDED_OVER;
    }

    /** Of a leg in which nobody talked. */
    LegResult ofUnanswered() {
        if (BUSY.contains(code) || code == CALLEE_HUNG_UP) {
            return LegResult.BUSY;
        }
        boolean stopped = code == CALLER_HUNG_UP || code == 1125 || subclass() == 117;
        return stopped || subclass() == 118 || NORMAL.contains(code)
                ? LegResult.CANCELLED
                : LegResult.MISSED;
    }

    /** Of a call in which nobody talked; empty: follows from its legs. */
    Optional<CallResult> ofUnanswered(Direction direction) {
        if (BUSY.contains(code)) {
            return Optional.of(CallResult.BUSY);
        }
        if (direction != Direction.OUTBOUND) {
            // Also if a menu "answered" it: Mango then calls the call a success (entry_result 1).
            return Optional.of(CallResult.MISSED);
        }
        if (NORMAL.contains(code)) {
            return Optional.empty();
        }
        if (code == CALLER_HUNG_UP || subclass() == 118) {
            return Optional.of(CallResult.CANCELLED);
        }
        boolean failed = NOT_PUT_THROUGH.contains(subclass()) || code >= 2000;
        return Optional.of(failed ? CallResult.FAILED : CallResult.MISSED);
    }

    private long subclass() {
        return code / 10;
    }
}
