package org.trunkline.http.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The administrator's password for other ways in than HTTP. */
class AdminLoginTest {
    @TempDir Path data;
    private GateFixture fixture;

    @BeforeEach
    void open() {
        fixture = new GateFixture(data);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void onlyTheAdministratorIsLetIn() {
        assertThat(fixture.gate.granted("shell", "admin", GateFixture.PASSWORD)).isTrue();
        assertThat(fixture.gate.granted("shell", "admin", "wrong")).isFalse();
        assertThat(fixture.gate.granted("shell", "root", GateFixture.PASSWORD)).isFalse();
        assertThat(fixture.gate.granted("shell", "admin", GateFixture.TOKEN)).isFalse();
        assertThat(fixture.gate.granted("shell", "admin:x", GateFixture.PASSWORD)).isFalse();
    }

    @Test
    void guessingClosesTheWay() {
        for (int i = 0; i < 20; i++) {
            fixture.gate.granted("shell", "admin", "guess" + i);
        }
        assertThat(fixture.gate.granted("shell", "admin", GateFixture.PASSWORD)).isFalse();
        assertThat(fixture.gate.granted("elsewhere", "admin", GateFixture.PASSWORD)).isTrue();
    }
}
