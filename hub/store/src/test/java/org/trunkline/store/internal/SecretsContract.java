package org.trunkline.store.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The key that secrets are stored under, on any database. */
abstract class SecretsContract extends StoreContract {

    private static final String PASSPHRASE = "correct horse battery staple";
    private static final String KEY = Base64.getEncoder().encodeToString(new byte[32]);

    @TempDir Path data;

    SecretsContract(TestDatabase kind) {
        super(kind);
    }

    private Secrets inFile() {
        return new Secrets(database, new KeySource(Optional.empty(), data.resolve("secret.key")));
    }

    private Secrets given(String key) {
        return new Secrets(database, new KeySource(Optional.of(key), data.resolve("secret.key")));
    }

    private void write(Secrets secrets) {
        database.transaction(
                session -> {
                    secrets.write(session, "acme", Map.of("pbx/office/secret", "opens"));
                    return 1;
                });
    }

    private static Optional<String> read(Secrets secrets) {
        return secrets.secret("acme", "pbx/office/secret");
    }

    @Test
    void theFirstStartMakesAKeyThatOnlyTheOwnerReads() throws IOException {
        write(inFile());

        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(data.resolve("secret.key"))))
                .isEqualTo("rw-------");
        assertThat(read(inFile())).contains("opens");
    }

    @Test
    void thirtyTwoBytesOrAPassphraseOfTheEnvironmentGoBeforeTheFile() {
        write(given(PASSPHRASE));

        assertThat(read(given(PASSPHRASE + "\n"))).contains("opens");
        assertThat(data.resolve("secret.key")).doesNotExist();
    }

    @Test
    void aKeyOfTheEnvironmentMayMoveIntoTheFile() throws IOException {
        write(given(KEY));
        Files.writeString(data.resolve("secret.key"), KEY + "\n");

        assertThat(read(inFile())).contains("opens");
    }

    @Test
    void aWrongKeyIsToldAtTheStartWithTheCure() {
        write(given(KEY));

        assertThatThrownBy(() -> given(PASSPHRASE))
                .hasMessageContaining("TRUNKLINE_SECRET_KEY does not open the secrets")
                .hasMessageContaining("put back the key")
                .hasMessageNotContaining(PASSPHRASE);
        assertThat(read(given(KEY))).contains("opens");
    }

    @Test
    void aLostKeyFileIsToldAndNotReplaced() throws IOException {
        write(inFile());
        Files.delete(data.resolve("secret.key"));

        assertThatThrownBy(this::inFile)
                .hasMessageContaining("secret.key is gone")
                .hasMessageContaining("put back the key");
        assertThat(data.resolve("secret.key")).doesNotExist();
    }

    @Test
    void aShortPassphraseIsRefused() {
        assertThatThrownBy(() -> given("fifteen letters"))
                .hasMessageContaining("at least 16 characters");
        assertThat(count("select count(*) from secret_key")).isZero();
    }

    @Test
    void aKeyFileThatCantBeWrittenIsToldWithTheCure() throws IOException {
        Path notAFolder = Files.writeString(data.resolve("file"), "");

        assertThatThrownBy(
                        () ->
                                new Secrets(
                                        database,
                                        new KeySource(
                                                Optional.empty(),
                                                notAFolder.resolve("secret.key"))))
                .hasMessageContaining("can't write key file " + notAFolder)
                .hasMessageContaining("TRUNKLINE_SECRET_KEY");
    }

    @Test
    void theSamePassphraseGivesAnotherKeyInAnotherHub() {
        write(given(PASSPHRASE));
        byte[] other = new byte[SecretBox.SALT_BYTES];

        Optional<String> opened =
                database.run(
                                session ->
                                        session.first(
                                                "select sealed from secret",
                                                row ->
                                                        SecretBox.of(PASSPHRASE, other)
                                                                .open(
                                                                        row.getBytes(1),
                                                                        "acme\npbx/office/secret")))
                        .orElseThrow();

        assertThat(opened).isEmpty();
    }
}
