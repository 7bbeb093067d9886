package org.trunkline.http.internal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The token that programs use: {@code TRUNKLINE_API_TOKEN}, or one made by the first start and kept
 * in {@code api-token.txt}.
 */
final class ApiToken {
    static final String FILE = "api-token.txt";
    private static final int LEAST_LENGTH = 16;
    private static final Logger LOG = LoggerFactory.getLogger(ApiToken.class);

    private final byte[] token;

    private ApiToken(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * @param given the token from the environment, if any
     * @throws IllegalStateException when the token is so short that it could be guessed
     */
    static ApiToken open(SecretFolder data, Optional<String> given) {
        String token = given.or(() -> data.read(FILE)).orElseGet(() -> make(data));
        if (token.length() < LEAST_LENGTH) {
            throw new IllegalStateException(
                    "The API token (TRUNKLINE_API_TOKEN, or %s) is too short, give at least %d characters"
                            .formatted(data.path(FILE), LEAST_LENGTH));
        }
        return new ApiToken(token);
    }

    boolean matches(String given) {
        return MessageDigest.isEqual(token, given.getBytes(StandardCharsets.UTF_8));
    }

    private static String make(SecretFolder data) {
        String made = SecretFolder.random();
        data.write(FILE, made);
        LOG.info("An API token was made, it is in {}", data.path(FILE));
        return made;
    }
}
