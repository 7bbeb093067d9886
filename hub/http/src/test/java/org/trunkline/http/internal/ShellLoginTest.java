package org.trunkline.http.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.FailedLoginException;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShellLoginTest {
    @TempDir Path data;
    private final Subject subject = new Subject();

    @Test
    void administratorGetsTheRolesThatTheShellAsksFor() throws Exception {
        ShellLogin login = login("admin", "right");

        assertThat(login.login()).isTrue();
        assertThat(login.commit()).isTrue();
        assertThat(subject.getPrincipals())
                .contains(
                        new UserPrincipal("admin"),
                        new RolePrincipal("ssh"),
                        new RolePrincipal("admin"));
        assertThat(login.logout()).isTrue();
        assertThat(subject.getPrincipals()).isEmpty();
    }

    @Test
    void anyoneElseIsRefused() {
        assertThatThrownBy(() -> login("admin", "wrong").login())
                .isInstanceOf(FailedLoginException.class);
        assertThatThrownBy(() -> login("karaf", "right").login())
                .isInstanceOf(FailedLoginException.class);
        assertThat(subject.getPrincipals()).isEmpty();
    }

    private ShellLogin login(String user, String given) {
        Credentials credentials =
                new Credentials(new SecretFolder(data), Optional.of("right"), Optional.empty());
        ShellLogin login = new ShellLogin();
        login.initialize(
                subject,
                callbacks -> {
                    for (Callback callback : callbacks) {
                        if (callback instanceof NameCallback name) {
                            name.setName(user);
                        } else if (callback instanceof PasswordCallback password) {
                            password.setPassword(given.toCharArray());
                        }
                    }
                },
                Map.of(),
                Map.of(ShellLogin.PASSWORD, credentials.password()));
        return login;
    }
}
