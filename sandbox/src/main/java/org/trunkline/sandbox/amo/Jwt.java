package org.trunkline.sandbox.amo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.trunkline.sandbox.http.Json;

/** JSON web tokens signed with HS256, and the signature of the disconnect hook. */
final class Jwt {
    private Jwt() {}

    static String sign(ObjectNode claims, String secret) {
        ObjectNode header = Json.object().put("typ", "JWT").put("alg", "HS256");
        String signed = part(header) + "." + part(claims);
        return signed + "." + base64(hmac(signed, secret));
    }

    /** HMAC-SHA256 of {@code client_uuid|account_id} in hexadecimal. */
    static String disconnectSignature(String clientId, String accountId, String secret) {
        return HexFormat.of().formatHex(hmac(clientId + "|" + accountId, secret));
    }

    private static String part(JsonNode node) {
        return base64(Json.write(node).getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] hmac(String text, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HmacSHA256", e);
        }
    }
}
