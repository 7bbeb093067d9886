package org.trunkline.store.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the secret key comes from.
 *
 * @param environment value of {@code TRUNKLINE_SECRET_KEY}
 * @param file read if the environment names none
 */
record KeySource(Optional<String> environment, Path file) {

    static final String VARIABLE = "TRUNKLINE_SECRET_KEY";

    private static final Logger LOG = LoggerFactory.getLogger(KeySource.class);
    private static final int KEY_BYTES = 32;

    /**
     * The process's own.
     *
     * @param configured path of the key file; empty: {@code secret.key} in the data folder
     */
    static KeySource ofProcess(String configured) {
        String data =
                System.getProperty("trunkline.data", System.getProperty("karaf.data", "data"));
        Path file =
                configured.isBlank() ? Path.of(data, "secret.key") : Path.of(configured.strip());
        return new KeySource(
                Optional.ofNullable(System.getenv(VARIABLE)).filter(text -> !text.isBlank()), file);
    }

    /** What people should look at. */
    String name() {
        return environment.isPresent() ? VARIABLE : "key file " + file.toAbsolutePath();
    }

    /**
     * The key's text; empty: there is none yet.
     *
     * @throws IllegalStateException if the file can't be read
     */
    Optional<String> read() {
        if (environment.isPresent() || !Files.exists(file)) {
            return environment;
        }
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException e) {
            throw new IllegalStateException(
                    "can't read " + name() + " (" + e + "): make it readable for the hub", e);
        }
    }

    /**
     * Makes a new key in the file, which only the owner can read.
     *
     * @throws IllegalStateException if it can't be written
     */
    String create() {
        byte[] random = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(random);
        String text = Base64.getEncoder().encodeToString(random);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (SeekableByteChannel out =
                    Files.newByteChannel(
                            file,
                            Set.of(
                                    StandardOpenOption.CREATE_NEW,
                                    StandardOpenOption.WRITE,
                                    StandardOpenOption.SYNC),
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")))) {
                out.write(ByteBuffer.wrap((text + "\n").getBytes(StandardCharsets.US_ASCII)));
            }
        } catch (IOException e) {
            throw new IllegalStateException(
                    "can't write "
                            + name()
                            + " ("
                            + e
                            + "): make the folder writable for the hub, or set "
                            + VARIABLE,
                    e);
        }
        LOG.info("Made the key for stored secrets in {}; keep a copy with the backups", file);
        return text;
    }
}
