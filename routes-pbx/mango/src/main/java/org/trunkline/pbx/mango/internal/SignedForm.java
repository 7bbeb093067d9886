package org.trunkline.pbx.mango.internal;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The three form fields that each message of Mango's has (VPBX API 1.9, section 2.4.3). The
 * signature covers the text of {@code json} as it was before the form was encoded.
 *
 * @param apiKey {@code vpbx_api_key}
 * @param sign hexadecimal SHA-256 of key, json and salt
 */
record SignedForm(Optional<String> apiKey, Optional<String> sign, Optional<String> json) {

    /**
     * @param body {@code application/x-www-form-urlencoded}
     * @throws IllegalArgumentException if it is no form, or a field comes twice
     */
    static SignedForm read(byte[] body) {
        Map<String, String> fields = new HashMap<>();
        for (String field : new String(body, StandardCharsets.ISO_8859_1).split("&")) {
            int equals = field.indexOf('=');
            String name = decode(equals < 0 ? field : field.substring(0, equals));
            String value = equals < 0 ? "" : decode(field.substring(equals + 1));
            if (fields.put(name, value) != null) {
                throw new IllegalArgumentException("a form field comes twice, send it once");
            }
        }
        return new SignedForm(
                Optional.ofNullable(fields.get("vpbx_api_key")),
                Optional.ofNullable(fields.get("sign")),
                Optional.ofNullable(fields.get("json")));
    }

    static String signature(String key, String json, String salt) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            return HexFormat.of()
                    .formatHex(sha.digest((key + json + salt).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /**
     * Strictly: what a lenient decoder mends is not what was signed, so {@code URLDecoder}, which
     * puts a question mark for broken UTF-8, will not do.
     */
    private static String decode(String encoded) {
        ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                bytes.put(octet(encoded, i));
                i += 2;
            } else {
                bytes.put(c == '+' ? (byte) ' ' : (byte) c);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the form is not UTF-8", e);
        }
    }

    private static byte octet(String encoded, int percent) {
        if (percent + 2 > encoded.length() - 1) {
            throw new IllegalArgumentException("the form is broken off after %");
        }
        int high = Character.digit(encoded.charAt(percent + 1), 16);
        int low = Character.digit(encoded.charAt(percent + 2), 16);
        if (high < 0 || low < 0) {
            throw new IllegalArgumentException("the form has a % without two hexadecimal digits");
        }
        return (byte) (high * 16 + low);
    }
}
