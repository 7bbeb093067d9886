package org.trunkline.crm.amocrm.internal.widget;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.trunkline.model.Json;

/** One-time tokens as amoCRM issues them, and whatever else a stranger may make up. */
final class VendorToken {

    static final String SECRET = "integration-secret-key";
    static final String CLIENT = "0b0832f6-d123-4123-9123-e73f236833c0";
    static final String ACCOUNT = "12345678";

    private final ObjectNode head = Json.MAPPER.createObjectNode();
    private final ObjectNode claims = Json.MAPPER.createObjectNode();
    private String algorithm = "HmacSHA256";
    private String secret = SECRET;

    private VendorToken() {}

    /** As issued at that time for half an hour. */
    static VendorToken issued(String portal, String hub, String user, Instant at) {
        VendorToken token = new VendorToken();
        token.head.put("typ", "JWT").put("alg", "HS256");
        token.claims
                .put("iss", portal)
                .put("aud", hub)
                .put("jti", UUID.randomUUID().toString())
                .put("iat", at.getEpochSecond())
                .put("nbf", at.getEpochSecond())
                .put("exp", at.getEpochSecond() + 1800)
                .put("account_id", Long.parseLong(ACCOUNT))
                .put("user_id", Long.parseLong(user))
                .put("subdomain", "acme")
                .put("client_uuid", CLIENT);
        return token;
    }

    VendorToken signedBy(String otherSecret) {
        secret = otherSecret;
        return this;
    }

    VendorToken head(String json) {
        head.removeAll();
        head.setAll((ObjectNode) Json.tree(json));
        return this;
    }

    VendorToken mac(String name) {
        algorithm = name;
        return this;
    }

    /**
     * @param json the claim's new value; empty: the token lacks it
     */
    VendorToken claim(String name, String json) {
        if (json.isEmpty()) {
            claims.remove(name);
        } else {
            claims.set(name, Json.tree(json));
        }
        return this;
    }

    /** Head and claims without a signature. */
    String unsigned() {
        return encoded(head.toString()) + "." + encoded(claims.toString()) + ".";
    }

    String text() {
        try {
            String signed = encoded(head.toString()) + "." + encoded(claims.toString());
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), algorithm));
            byte[] signature = mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
