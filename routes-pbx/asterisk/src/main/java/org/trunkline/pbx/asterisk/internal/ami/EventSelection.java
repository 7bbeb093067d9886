package org.trunkline.pbx.asterisk.internal.ami;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The events that the translator reads; all others cost only traffic. */
public final class EventSelection {

    /** Classes asked for. {@code dialplan} is there for one VarSet: the recording's file. */
    static final String CLASSES = "call,cdr,dialplan";

    private static final Set<String> EVENTS =
            Set.of(
                    "Newchannel",
                    "DialBegin",
                    "DialEnd",
                    "BridgeEnter",
                    "BridgeLeave",
                    "Hangup",
                    "Hold",
                    "Unhold",
                    "BlindTransfer",
                    "AttendedTransfer",
                    "OriginateResponse",
                    "Cdr");

    private static final List<String> VARIABLES = List.of("MIXMONITOR_FILENAME");

    /**
     * For action Filter: an event passes if one of them matches its text. Plain words only, as
     * Asterisk compiles them as basic regular expressions.
     */
    static final List<String> FILTERS =
            Stream.concat(
                            EVENTS.stream().sorted().map(event -> "Event: " + event),
                            VARIABLES.stream().map(variable -> "Variable: " + variable))
                    .toList();

    private EventSelection() {}

    public static boolean isWanted(AmiMessage message) {
        String event = message.event();
        return EVENTS.contains(event)
                || event.equals("VarSet") && VARIABLES.contains(message.get("Variable"));
    }
}
