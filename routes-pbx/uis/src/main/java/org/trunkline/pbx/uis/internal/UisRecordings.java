package org.trunkline.pbx.uis.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Fault;
import org.trunkline.model.PbxAccount;
import org.trunkline.model.Recording;
import org.trunkline.runtime.VendorApi;

/**
 * Fetches recordings by the links that UIS's notifications bring. Those need no secret, but whoever
 * knows the address of the webhook could send any link: only the vendor's own hosts are asked.
 */
public final class UisRecordings {

    private static final List<String> VENDORS =
            List.of(
                    "uiscom.ru",
                    "comagic.ru",
                    "callgear.com",
                    "callgear.ae",
                    "novofon.com",
                    "novofon.ru");

    /** From http to https, and from there to where the sound lies. */
    private static final int MOST_HOPS = 4;

    private final VendorApi api;

    public UisRecordings(VendorApi api) {
        this.api = api;
    }

    /**
     * @throws Fault.Retryable if it is not there yet
     * @throws Fault.Data if the link leads to a stranger
     */
    public void save(PbxAccount account, Recording recording, Path file) {
        URI where = link(recording.source());
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            if (!vendors(where) && !simulators(account, where)) {
                throw new Fault.Data(
                        "not fetched: a link of UIS leads to "
                                + where.getScheme()
                                + "://"
                                + where.getAuthority(),
                        "nothing: recordings are fetched over https and from the hosts of UIS");
            }
            Optional<URI> next = VendorApi.saved(where, api.recording(where, Map.of(), file), file);
            if (next.isEmpty()) {
                return;
            }
            where = secure(next.get());
        }
        throw new Fault.Retryable("UIS leads nowhere with a recording", Duration.ZERO);
    }

    private static URI link(String source) {
        try {
            return new URI(source);
        } catch (URISyntaxException quotesTheAddress) {
            throw new Fault.Data(
                    "not fetched: a link of UIS is no address",
                    "nothing: the notification bears no link to a recording");
        }
    }

    /** The vendor's hosts have https, also where they lead to http. */
    static URI secure(URI hop) {
        return "http".equals(hop.getScheme()) && ofVendor(hop)
                ? URI.create(hop.toString().replaceFirst("^http:(//[^:/?#]+)(:80)?", "https:$1"))
                : hop;
    }

    private static boolean vendors(URI address) {
        return "https".equals(address.getScheme()) && ofVendor(address);
    }

    private static boolean ofVendor(URI address) {
        String host = Optional.ofNullable(address.getHost()).orElse("");
        return VENDORS.stream().anyMatch(v -> host.equals(v) || host.endsWith("." + v));
    }

    private static boolean simulators(PbxAccount account, URI address) {
        return account.api()
                .filter(
                        api ->
                                api.getScheme().equals(address.getScheme())
                                        && api.getAuthority().equals(address.getAuthority()))
                .isPresent();
    }
}
