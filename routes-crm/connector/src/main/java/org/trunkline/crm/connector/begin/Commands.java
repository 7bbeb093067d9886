package org.trunkline.crm.connector.begin;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.Setback;

/** Gives a begun call to its PBX; what goes wrong becomes the call's end. */
public final class Commands {

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    /** So long the employees' phones ring. */
    public static final Duration RING = Duration.ofSeconds(30);

    /** Enough below {@link org.trunkline.model.FromCrm#PATIENCE} for the PBX to be heard. */
    public static final Duration LATEST = Duration.ofSeconds(15);

    private final Controls controls;

    public Commands(Controls controls) {
        this.controls = controls;
    }

    /** Blocks until the PBX took it, or did not. */
    public void give(BegunCall call, PbxAccount account, PbxControl.Order order) {
        if (call.waited(LATEST)) {
            failed(call, Setback.LOST, "it waited too long for its turn", "");
            return;
        }
        try {
            PbxControl control =
                    controls.find(account.kind())
                            .orElseThrow(
                                    () ->
                                            new Fault.Retryable(
                                                    "the hub's part for this PBX is not running",
                                                    Duration.ZERO));
            control.call(call.company(), account, order);
        } catch (Fault.Data refused) {
            failed(call, Setback.PBX_REFUSED, refused.getMessage(), refused.cure());
        } catch (Fault away) {
            failed(call, Setback.PBX_AWAY, away.getMessage(), away.cure());
        }
    }

    /** If this can't be written either the call is given up by the clock. */
    private static void failed(BegunCall call, Setback why, String reason, String cure) {
        LOG.warn(
                "A call that began in the CRM of {} came to nothing: {} {}",
                call.company(),
                reason,
                cure);
        try {
            call.failed(why, reason);
        } catch (Fault.Retryable unwritten) {
            LOG.warn("Its end can't be written now: {}", unwritten.getMessage());
        }
    }
}
