package org.trunkline.crm.amocrm.internal.widget;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Origins as browsers write them (RFC 6454): scheme, host, and the port unless it is the usual. */
final class Origin {

    private Origin() {}

    /** Empty for what is no address on the web. */
    static Optional<String> of(String address) {
        try {
            URI uri = new URI(address.strip());
            if (uri.getScheme() == null || uri.getHost() == null) {
                return Optional.empty();
            }
            String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
            int usual = scheme.equals("https") ? 443 : 80;
            String port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
            return Optional.of(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port);
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }
}
