package org.trunkline.admin.shell.internal;

import java.io.IOException;
import java.security.Principal;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.security.auth.Subject;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.CallbackHandler;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.FailedLoginException;
import javax.security.auth.login.LoginException;
import javax.security.auth.spi.LoginModule;
import org.apache.karaf.jaas.boot.principal.RolePrincipal;
import org.apache.karaf.jaas.boot.principal.UserPrincipal;
import org.trunkline.http.AdminLogin;

/**
 * Asks for name and password, and lets only the administrator in. JAAS makes one for each log-in.
 */
public final class AdminLoginModule implements LoginModule {

    /** Option: the {@link AdminLogin} to ask. */
    static final String LOGIN = "trunkline.login";

    /** What Karaf's shell and its commands ask for. */
    private static final Set<String> ROLES =
            Set.of("admin", "manager", "viewer", "systembundles", "ssh");

    private Subject subject;
    private CallbackHandler terminal;
    private AdminLogin login;
    private Set<Principal> granted = Set.of();

    @Override
    public void initialize(
            Subject who, CallbackHandler handler, Map<String, ?> shared, Map<String, ?> options) {
        subject = who;
        terminal = handler;
        login = (AdminLogin) options.get(LOGIN);
    }

    @Override
    public boolean login() throws LoginException {
        NameCallback name = new NameCallback("User: ");
        PasswordCallback password = new PasswordCallback("Password: ", false);
        try {
            terminal.handle(new Callback[] {name, password});
        } catch (IOException | UnsupportedCallbackException e) {
            throw (LoginException) new LoginException("no name and password").initCause(e);
        }
        char[] given = password.getPassword() == null ? new char[0] : password.getPassword();
        password.clearPassword();
        if (!login.granted("shell", name.getName(), new String(given))) {
            throw new FailedLoginException("wrong user or password");
        }
        Arrays.fill(given, ' ');
        granted =
                Stream.concat(
                                Stream.of(new UserPrincipal(name.getName())),
                                ROLES.stream().map(RolePrincipal::new))
                        .collect(Collectors.toUnmodifiableSet());
        return true;
    }

    @Override
    public boolean commit() {
        return subject.getPrincipals().addAll(granted);
    }

    @Override
    public boolean abort() {
        return logout();
    }

    @Override
    public boolean logout() {
        subject.getPrincipals().removeAll(granted);
        granted = Set.of();
        return true;
    }
}
