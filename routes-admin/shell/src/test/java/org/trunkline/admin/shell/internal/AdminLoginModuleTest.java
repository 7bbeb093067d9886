package org.trunkline.admin.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.login.FailedLoginException;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.junit.jupiter.api.Test;
import org.trunkline.http.AdminLogin;

class AdminLoginModuleTest {

    private static final AdminLogin LOGIN =
            (from, user, password) -> user.equals("admin") && password.equals("right");

    private final Subject subject = new Subject();

    @Test
    void theAdministratorComesInAndMayDoAll() throws Exception {
        AdminLoginModule module = module("admin", Optional.of("right"));

        assertThat(module.login()).isTrue();
        assertThat(module.commit()).isTrue();

        assertThat(subject.getPrincipals())
                .contains(
                        new UserPrincipal("admin"),
                        new RolePrincipal("admin"),
                        new RolePrincipal("ssh"));

        module.logout();
        assertThat(subject.getPrincipals()).isEmpty();
    }

    @Test
    void nobodyElseDoes() {
        assertThatThrownBy(() -> module("admin", Optional.of("wrong")).login())
                .isInstanceOf(FailedLoginException.class);
        assertThatThrownBy(() -> module("root", Optional.of("right")).login())
                .isInstanceOf(FailedLoginException.class);
        assertThatThrownBy(() -> module("admin", Optional.empty()).login())
                .isInstanceOf(FailedLoginException.class);
        assertThat(subject.getPrincipals()).isEmpty();
    }

    private AdminLoginModule module(String user, Optional<String> password) {
        CallbackHandler terminal =
                callbacks -> {
                    for (Callback callback : callbacks) {
                        if (callback instanceof NameCallback name) {
                            name.setName(user);
                        } else if (callback instanceof PasswordCallback asked) {
                            asked.setPassword(password.map(String::toCharArray).orElse(null));
                        }
                    }
                };
        AdminLoginModule module = new AdminLoginModule();
        module.initialize(subject, terminal, Map.of(), Map.of(AdminLoginModule.LOGIN, LOGIN));
        return module;
    }
}
