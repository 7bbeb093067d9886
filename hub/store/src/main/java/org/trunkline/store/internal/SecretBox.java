package org.trunkline.store.internal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM. What is sealed for one place opens at no other: the place is associated data, so a
 * row copied onto another company's does not open.
 */
final class SecretBox {

    static final int SALT_BYTES = 16;

    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final int LEAST_PASSPHRASE = 16;

    /** OWASP password storage cheat sheet, PBKDF2-HMAC-SHA256; about 0.3 s, once a start. */
    private static final int ROUNDS = 600_000;

    private final SecretKey key;
    private final SecureRandom random = new SecureRandom();

    private SecretBox(SecretKey key) {
        this.key = key;
    }

    /**
     * A box under a key as people give it.
     *
     * @param text base64 of 32 bytes, or a passphrase
     * @param salt of the passphrase
     * @throws IllegalStateException if it is neither
     */
    static SecretBox of(String text, byte[] salt) {
        String given = text.strip();
        Optional<byte[]> bytes = base64(given);
        if (bytes.isPresent()) {
            return new SecretBox(new SecretKeySpec(bytes.get(), "AES"));
        }
        if (given.length() < LEAST_PASSPHRASE) {
            throw new IllegalStateException(
                    "the secret key is too short: give base64 of 32 bytes (openssl rand -base64 32)"
                            + " or a passphrase of at least 16 characters");
        }
        try {
            byte[] derived =
                    SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                            .generateSecret(
                                    new PBEKeySpec(
                                            given.toCharArray(), salt, ROUNDS, KEY_BYTES * 8))
                            .getEncoded();
            return new SecretBox(new SecretKeySpec(derived, "AES"));
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text))
                    .filter(bytes -> bytes.length == KEY_BYTES);
        } catch (IllegalArgumentException passphrase) {
            return Optional.empty();
        }
    }

    /** Nonce, cipher text and tag. */
    byte[] seal(String secret, String place) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, nonce, place)
                            .doFinal(secret.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The secret in the clear; empty: sealed under another key, for another place, or damaged. */
    Optional<String> open(byte[] sealed, String place) {
        if (sealed.length < NONCE_BYTES) {
            return Optional.empty();
        }
        byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
        try {
            byte[] clear =
                    cipher(Cipher.DECRYPT_MODE, nonce, place)
                            .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
            return Optional.of(new String(clear, StandardCharsets.UTF_8));
        } catch (AEADBadTagException notOurs) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
