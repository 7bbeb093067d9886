package org.trunkline.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminPasswordTest {
    @TempDir Path folder;
    private SecretFolder data;

    @BeforeEach
    void open() {
        data = new SecretFolder(folder.resolve("new"));
    }

    @Test
    void firstStartMakesOneThatOnlyTheOwnerCanRead() throws IOException {
        AdminPassword password = AdminPassword.open(data, Optional.empty());

        String made = data.read(AdminPassword.TEXT_FILE).orElseThrow();
        assertThat(made).hasSizeGreaterThanOrEqualTo(32);
        assertThat(password.matches(made)).isTrue();
        assertThat(password.matches(made + "x")).isFalse();
        for (String file : new String[] {AdminPassword.TEXT_FILE, AdminPassword.HASH_FILE}) {
            assertThat(
                            PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(data.path(file))))
                    .isEqualTo("rw-------");
        }
        assertThat(data.read(AdminPassword.HASH_FILE).orElseThrow()).doesNotContain(made);
    }

    @Test
    void secondStartKeepsIt_evenWhenTheTextWasDeleted() {
        AdminPassword.open(data, Optional.empty());
        String made = data.read(AdminPassword.TEXT_FILE).orElseThrow();
        data.delete(AdminPassword.TEXT_FILE);

        assertThat(AdminPassword.open(data, Optional.empty()).matches(made)).isTrue();
        assertThat(data.read(AdminPassword.TEXT_FILE)).isEmpty();
    }

    @Test
    void givenOneIsTakenAndNotWrittenInClear() {
        AdminPassword password = AdminPassword.open(data, Optional.of("given"));

        assertThat(password.matches("given")).isTrue();
        assertThat(data.read(AdminPassword.TEXT_FILE)).isEmpty();
        assertThat(AdminPassword.open(data, Optional.empty()).matches("given")).isTrue();
    }

    @Test
    void anotherGivenOneReplacesTheMadeOne() {
        AdminPassword.open(data, Optional.empty());
        String made = data.read(AdminPassword.TEXT_FILE).orElseThrow();

        AdminPassword password = AdminPassword.open(data, Optional.of("given"));

        assertThat(password.matches("given")).isTrue();
        assertThat(password.matches(made)).isFalse();
        assertThat(data.read(AdminPassword.TEXT_FILE)).isEmpty();
    }

    @Test
    void damagedHashIsNamedWithItsCure() {
        data.write(AdminPassword.HASH_FILE, "rubbish");

        assertThatThrownBy(() -> AdminPassword.open(data, Optional.empty()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(AdminPassword.HASH_FILE)
                .hasMessageContaining("Delete it");
    }

    @Test
    void twoHashesOfOnePasswordDiffer() {
        assertThat(PasswordHash.of("same").format()).isNotEqualTo(PasswordHash.of("same").format());
    }

    @Test
    void apiTokenIsMadeOnceAndShortOnesAreRefused() {
        ApiToken.open(data, Optional.empty());
        String made = data.read(ApiToken.FILE).orElseThrow();

        assertThat(ApiToken.open(data, Optional.empty()).matches(made)).isTrue();
        assertThat(ApiToken.open(data, Optional.of("another-long-token")).matches(made)).isFalse();
        assertThatThrownBy(() -> ApiToken.open(data, Optional.of("short")))
                .hasMessageContaining("TRUNKLINE_API_TOKEN");
    }
}
