package org.trunkline.http.internal;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The administrator's password. Only its hash is kept. There is no default one: the first start
 * takes {@code TRUNKLINE_ADMIN_PASSWORD}, or makes one and leaves it in {@code admin-password.txt}
 * for the administrator to read (and delete). A later start with another {@code
 * TRUNKLINE_ADMIN_PASSWORD} changes it.
 */
final class AdminPassword {
    static final String HASH_FILE = "admin-password.hash";
    static final String TEXT_FILE = "admin-password.txt";
    private static final Logger LOG = LoggerFactory.getLogger(AdminPassword.class);

    private final PasswordHash hash;

    private AdminPassword(PasswordHash hash) {
        this.hash = hash;
    }

    /**
     * @param given the password from the environment, if any
     * @throws IllegalStateException when the stored hash is damaged
     */
    static AdminPassword open(SecretFolder data, Optional<String> given) {
        Optional<PasswordHash> stored = data.read(HASH_FILE).map(text -> parse(data, text));
        if (given.isPresent()) {
            if (stored.filter(hash -> hash.matches(given.get())).isPresent()) {
                return new AdminPassword(stored.get());
            }
            data.delete(TEXT_FILE);
            LOG.info("The administrator's password was set from TRUNKLINE_ADMIN_PASSWORD");
            return store(data, given.get());
        }
        if (stored.isPresent()) {
            return new AdminPassword(stored.get());
        }
        String made = SecretFolder.random();
        data.write(TEXT_FILE, made);
        LOG.info("A password for the user \"admin\" was made, it is in {}", data.path(TEXT_FILE));
        return store(data, made);
    }

    boolean matches(String password) {
        return hash.matches(password);
    }

    private static AdminPassword store(SecretFolder data, String password) {
        PasswordHash hash = PasswordHash.of(password);
        data.write(HASH_FILE, hash.format());
        return new AdminPassword(hash);
    }

    private static PasswordHash parse(SecretFolder data, String text) {
        try {
            return PasswordHash.parse(text);
        } catch (IllegalArgumentException damaged) {
            throw new IllegalStateException(
                    data.path(HASH_FILE)
                            + " is damaged. Delete it: the next start makes a new password",
                    damaged);
        }
    }
}
