package org.trunkline.http.internal;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as PBKDF2 with HMAC-SHA-256 leaves it, written {@code
 * pbkdf2-sha256:iterations:salt:key} (hex).
 *
 * @param iterations rounds of the derivation
 */
record PasswordHash(int iterations, byte[] salt, byte[] key) {
    private static final String NAME = "pbkdf2-sha256";
    private static final int ITERATIONS = 210_000;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BITS = 256;

    static PasswordHash of(String password) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return new PasswordHash(ITERATIONS, salt, derive(password, salt, ITERATIONS));
    }

    /**
     * @throws IllegalArgumentException when the text is no such hash
     */
    static PasswordHash parse(String text) {
        String[] parts = text.strip().split(":");
        if (parts.length != 4 || !parts[0].equals(NAME)) {
            throw new IllegalArgumentException("not of the form " + NAME + ":iterations:salt:key");
        }
        HexFormat hex = HexFormat.of();
        return new PasswordHash(
                Integer.parseInt(parts[1]), hex.parseHex(parts[2]), hex.parseHex(parts[3]));
    }

    boolean matches(String password) {
        return MessageDigest.isEqual(key, derive(password, salt, iterations));
    }

    String format() {
        HexFormat hex = HexFormat.of();
        return "%s:%d:%s:%s".formatted(NAME, iterations, hex.formatHex(salt), hex.formatHex(key));
    }

    /** Without salt and key: it may end up in a log. */
    @Override
    public String toString() {
        return "PasswordHash[" + NAME + "]";
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, KEY_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Each JDK has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }
}
