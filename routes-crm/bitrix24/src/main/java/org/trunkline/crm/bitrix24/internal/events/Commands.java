package org.trunkline.crm.bitrix24.internal.events;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.PbxControl;
import org.trunkline.model.Setback;

/** Gives a begun call to its PBX; what goes wrong becomes the call's end. */
final class Commands {

    private static final Logger LOG = LoggerFactory.getLogger(Commands.class);

    /** So long the employees' phones ring. */
    static final Duration RING = Duration.ofSeconds(30);

    private final Controls controls;

    Commands(Controls controls) {
        this.controls = controls;
    }

    /** Blocks until the PBX took it, or did not. */
    void give(BegunCall call, PbxAccount account, PbxControl.Order order) {
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
            failed(call, Setback.PBX_REFUSED, refused);
        } catch (Fault away) {
            failed(call, Setback.PBX_AWAY, away);
        }
    }

    /** If this can't be written either the call is given up by the clock. */
    private static void failed(BegunCall call, Setback why, Fault fault) {
        LOG.warn(
                "A call that began in the CRM of {} came to nothing: {} {}",
                call.company(),
                fault.getMessage(),
                fault.cure());
        try {
            call.failed(why, fault.getMessage());
        } catch (Fault.Retryable unwritten) {
            LOG.warn("Its end can't be written now: {}", unwritten.getMessage());
        }
    }
}
