package org.trunkline.crm.delivery.internal.recordings;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What a recording's link consists of (HMAC-SHA256, RFC 2104). Pure.
 *
 * @param recording its {@link #name}
 */
record Seal(String company, String call, String recording) {

    private static final String MAC = "HmacSHA256";
    private static final String PURPOSE = "trunkline recording link";
    private static final int NAME_BYTES = 12;

    /** Instead of its id, which may be a path with slashes and clients' numbers. */
    static String name(String recordingId) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(recordingId.getBytes(StandardCharsets.UTF_8));
            return encoded(Arrays.copyOf(digest, NAME_BYTES));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    String signature(String key) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), MAC));
            // No id has a line break, so that no two links sign the same text.
            String signed = String.join("\n", PURPOSE, company, call, recording);
            return encoded(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** In constant time: how much of a guess is right can't be measured. */
    boolean isOf(String key, String signature) {
        return MessageDigest.isEqual(
                signature(key).getBytes(StandardCharsets.UTF_8),
                signature.getBytes(StandardCharsets.UTF_8));
    }

    static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
