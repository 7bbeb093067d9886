package org.trunkline.sandbox.demo;

import java.util.List;
import java.util.Set;

/**
 * One capture of the demo and what it must become.
 *
 * @param calls one for each outside party, in order of appearance in the capture
 */
record Scene(String title, String capture, List<ClientCall> calls) {

    /**
     * What the CRM must hold of one client's call.
     *
     * @param direction inbound or outbound
     * @param records call records, one for each employee the client talked to, or the one missed
     * @param cards users who at least must have seen the card
     */
    record ClientCall(String direction, List<CrmRecord> records, Set<String> cards) {}

    /**
     * One finished call of the CRM.
     *
     * @param user CRM user
     * @param status STATUS_CODE
     * @param recorded whether a recording hangs on it
     */
    record CrmRecord(String user, String status, int fromSeconds, int toSeconds, boolean recorded) {
        boolean takes(int seconds) {
            return seconds >= fromSeconds && seconds <= toSeconds;
        }
    }
}
