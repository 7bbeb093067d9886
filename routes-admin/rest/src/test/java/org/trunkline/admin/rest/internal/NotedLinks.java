package org.trunkline.admin.rest.internal;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingLinks;

/** Links that write down whose were revoked. */
final class NotedLinks implements RecordingLinks {

    final List<String> revoked = new CopyOnWriteArrayList<>();
    volatile boolean publicAddress = true;

    @Override
    public Optional<URI> link(String company, String call, Recording recording) {
        return publicAddress
                ? Optional.of(
                        URI.create("https://hub/" + company + "/" + call + "/" + recording.id()))
                : Optional.empty();
    }

    @Override
    public void revoke(String company) {
        revoked.add(company);
    }
}
