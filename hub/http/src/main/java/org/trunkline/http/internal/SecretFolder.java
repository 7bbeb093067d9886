package org.trunkline.http.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** Small files in the data folder that only the hub's own user may read (mode 600). */
record SecretFolder(Path folder) {
    private static final int SECRET_BYTES = 24;

    /**
     * A new secret of 192 random bits, in letters that need no escaping in a header or an address.
     */
    static String random() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    /** The content without the line's end; empty when there is no such file. */
    Optional<String> read(String name) {
        try {
            return Optional.of(Files.readString(path(name)).strip());
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(path(name) + " can't be read", e);
        }
    }

    /** Whole or not at all: a crash while writing leaves the old file. */
    void write(String name, String content) {
        try {
            Files.createDirectories(folder);
            Path written = Files.createTempFile(folder, name, ".new", ownerOnly());
            Files.writeString(written, content + "\n", StandardCharsets.UTF_8);
            Files.move(
                    written,
                    path(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    path(name) + " can't be written; is the data folder writable?", e);
        }
    }

    void delete(String name) {
        try {
            Files.deleteIfExists(path(name));
        } catch (IOException e) {
            throw new UncheckedIOException(path(name) + " can't be deleted", e);
        }
    }

    private static FileAttribute<?>[] ownerOnly() {
        boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
