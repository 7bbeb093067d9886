package org.trunkline.model;

/** Where the recordings of an account's calls are to be had. */
public sealed interface RecordingPlace {

    /** In a folder as the hub sees it; nothing outside is ever read. */
    record Folder(String directory) implements RecordingPlace {}

    /** From the PBX's API. */
    record Api(String company, PbxAccount account, RecordingSource source)
            implements RecordingPlace {}

    /** Nowhere just now, as while the PBX's bundle is being replaced. */
    record Away(String why) implements RecordingPlace {}

    /** Nowhere, until a person changes the provisioning. */
    record Nowhere(String why) implements RecordingPlace {}
}
