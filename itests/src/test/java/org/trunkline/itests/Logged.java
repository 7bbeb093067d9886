package org.trunkline.itests;

/** Something with a log that helps to understand a failed test. */
interface Logged {
    /** The log's last lines, for people to read. */
    String logTail();
}
