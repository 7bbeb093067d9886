package org.trunkline.crm.delivery.internal.recordings;

import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.Recording;
import org.trunkline.model.RecordingLinks;
import org.trunkline.store.Companies;

/**
 * Links {@code {TRUNKLINE_PUBLIC_URL}/recordings/{company}/{call}/{recording}/{signature}}. They
 * follow from company, call, recording and the company's key alone, so that nothing is stored for
 * them and a recording that is still to come has its link already.
 */
@Component(service = {RecordingLinks.class, SignedLinks.class})
public final class SignedLinks implements RecordingLinks {

    static final String PREFIX = "/recordings";

    private static final Logger LOG = LoggerFactory.getLogger(SignedLinks.class);

    private final LinkKeys keys;
    private final Optional<String> base;

    @Activate
    public SignedLinks(@Reference Companies companies) {
        this(
                companies,
                Optional.ofNullable(System.getenv("TRUNKLINE_PUBLIC_URL")),
                Clock.systemUTC());
    }

    /** Outside OSGi. */
    public SignedLinks(Companies companies, Optional<String> publicUrl, Clock clock) {
        keys = new LinkKeys(companies, clock);
        base =
                publicUrl
                        .map(url -> url.strip().replaceAll("/+$", ""))
                        .filter(url -> !url.isEmpty())
                        .filter(SignedLinks::isAddress);
    }

    private static boolean isAddress(String url) {
        if (url.matches("https?://[^/?#\\s]+[^?#\\s]*")) {
            return true;
        }
        LOG.error(
                "TRUNKLINE_PUBLIC_URL = '{}' is no address; give one such as"
                        + " https://hub.example.com",
                url);
        return false;
    }

    @Override
    public Optional<URI> link(String company, String call, Recording recording) {
        return base.map(
                address -> {
                    Seal seal = new Seal(company, call, Seal.name(recording.id()));
                    return URI.create(
                            String.join(
                                    "/",
                                    address + PREFIX,
                                    company,
                                    call,
                                    seal.recording(),
                                    seal.signature(keys.current(company))));
                });
    }

    /** Whether the hub made this link, and nobody revoked it. */
    boolean isGenuine(Seal seal, String signature) {
        return keys.passes(seal.company(), key -> seal.isOf(key, signature));
    }

    @Override
    public void revoke(String company) {
        keys.renew(company);
    }
}
