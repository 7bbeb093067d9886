package org.trunkline.pbx.asterisk.internal.agi;

import java.io.IOException;

/** A peer that does not speak AGI as Asterisk does. */
final class AgiFault extends IOException {
    private static final long serialVersionUID = 1;

    AgiFault(String message) {
        super(message);
    }
}
