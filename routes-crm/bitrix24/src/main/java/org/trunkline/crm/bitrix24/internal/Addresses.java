package org.trunkline.crm.bitrix24.internal;

import java.net.URI;
import java.util.Optional;
import org.trunkline.model.Portal;

/**
 * Where a portal and its authorisation server are. Pure.
 *
 * @param oauth base address of the vendor's authorisation server
 */
record Addresses(Portal portal, URI oauth) {

    /** Where methods are called while the portal has not said otherwise. */
    URI rest() {
        return URI.create(portal.address() + "/rest/");
    }

    /**
     * Where tokens are renewed: at the server that the portal named last, else at the vendor's. A
     * portal on this very machine is a simulator and has its own.
     *
     * @param serverEndpoint as the portal named it, {@code https://…/rest/}
     */
    URI token(Optional<String> serverEndpoint) {
        return serverEndpoint
                .filter(this::trusted)
                .map(named -> named.replaceFirst("/rest/?$", ""))
                .map(base -> URI.create(base + "/oauth/token/"))
                .orElseGet(
                        () ->
                                URI.create(
                                        (loopback(portal.address()) ? portal.address() : oauth)
                                                + "/oauth/token/"));
    }

    /** Whether tokens may be sent there: never in the clear, but for a simulator here. */
    boolean trusted(String address) {
        URI uri;
        try {
            uri = URI.create(address);
        } catch (IllegalArgumentException noAddress) {
            return false;
        }
        return uri.getHost() != null
                && ("https".equals(uri.getScheme())
                        || "http".equals(uri.getScheme())
                                && loopback(uri)
                                && loopback(portal.address()));
    }

    /** Where a redirect of a method call leads all calls; empty if it leads anywhere else. */
    Optional<URI> moved(String location, String method) {
        String end = "/rest/" + method;
        return Optional.of(location)
                .filter(l -> l.endsWith(end) && trusted(l))
                .map(l -> URI.create(l.substring(0, l.length() - method.length())));
    }

    private static boolean loopback(URI uri) {
        String host = uri.getHost();
        return host != null && host.matches("localhost|127(\\.\\d+){3}|\\[::1]");
    }
}
