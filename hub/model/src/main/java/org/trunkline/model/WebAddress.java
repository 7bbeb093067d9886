package org.trunkline.model;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Reads web addresses of a provisioning document. */
final class WebAddress {

    private WebAddress() {}

    /** Without a slash at its end; empty where there is a fault. */
    static URI read(DocumentReader in, String key, String text) {
        try {
            URI address = new URI(text.replaceAll("/+$", ""));
            if (text.isEmpty() || address.getHost() != null && scheme(address)) {
                return address;
            }
        } catch (URISyntaxException e) {
            // told below like every other wrong address
        }
        in.fault(key, "is no web address", "write it as https://acme.bitrix24.ru");
        return URI.create("");
    }

    private static boolean scheme(URI address) {
        boolean loopback = address.getHost().matches("localhost|127\\..*|\\[::1]");
        return "https".equals(address.getScheme())
                || "http".equals(address.getScheme()) && loopback;
    }

    /** Whether it is an incoming webhook of Bitrix24, which holds its own secret. */
    static boolean isWebhook(URI address) {
        return Optional.ofNullable(address.getPath())
                .filter(path -> path.matches(".*/rest/[0-9]+/[^/]+(/.*)?"))
                .isPresent();
    }
}
