package org.trunkline.crm.bitrix24.internal.install;

import java.util.Optional;

/**
 * What a portal gives when it is installed.
 *
 * @param applicationToken proves later events; not every way of installing brings it
 * @param serverEndpoint of the authorisation server; empty: the vendor's
 * @param clientEndpoint of the portal's REST API; empty: by its provisioned address
 */
public record Grant(
        String accessToken,
        String refreshToken,
        String memberId,
        Optional<String> applicationToken,
        Optional<String> serverEndpoint,
        Optional<String> clientEndpoint) {

    /** Never the tokens: it may end in a log. */
    @Override
    public String toString() {
        return "Grant[]";
    }
}
