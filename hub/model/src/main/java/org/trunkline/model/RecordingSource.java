package org.trunkline.model;

import java.io.File;

/**
 * Recordings that lie behind the API of one kind of PBX; an OSGi service of the PBX's bundle, which
 * alone uses the account's secrets. Safe for many threads.
 */
public interface RecordingSource {

    /** A longer recording is not fetched: about 18 hours of what PBXs call mp3. */
    int MOST_BYTES = 256 * 1024 * 1024;

    PbxKind kind();

    /**
     * Writes a recording into a file; what it holds after a fault is worth nothing. Blocks until it
     * is whole.
     *
     * @param file empty so far; to be removed by whoever made it
     * @throws Fault.Data if it can't be had ever
     * @throws Fault if it is not there yet, or the PBX can't be asked now
     */
    void fetch(String company, PbxAccount account, Recording recording, File file);
}
