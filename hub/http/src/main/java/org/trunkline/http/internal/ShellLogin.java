package org.trunkline.http.internal;

import java.io.IOException;
import java.security.Principal;
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

/** Logs the administrator in to the shell, with all of Karaf's roles. Made by JAAS, by name. */
public final class ShellLogin implements LoginModule {
    static final String PASSWORD = "trunkline.password";

    private static final Set<Principal> ROLES =
            Stream.of("admin", "manager", "viewer", "systembundles", "ssh")
                    .map(RolePrincipal::new)
                    .collect(Collectors.toUnmodifiableSet());

    private Subject subject;
    private CallbackHandler callbacks;
    private AdminPassword password;

    @Override
    public void initialize(
            Subject subject,
            CallbackHandler callbacks,
            Map<String, ?> sharedState,
            Map<String, ?> options) {
        this.subject = subject;
        this.callbacks = callbacks;
        this.password = (AdminPassword) options.get(PASSWORD);
    }

    @Override
    public boolean login() throws LoginException {
        NameCallback name = new NameCallback("User: ");
        PasswordCallback given = new PasswordCallback("Password: ", false);
        try {
            callbacks.handle(new Callback[] {name, given});
        } catch (IOException | UnsupportedCallbackException e) {
            LoginException failure = new LoginException("The shell asks for a user and a password");
            failure.initCause(e);
            throw failure;
        }
        boolean right =
                given.getPassword() != null && password.matches(new String(given.getPassword()));
        given.clearPassword();
        if (!right || !Authenticator.ADMIN.equals(name.getName())) {
            throw new FailedLoginException("Wrong user or password");
        }
        return true;
    }

    @Override
    public boolean commit() {
        subject.getPrincipals().add(new UserPrincipal(Authenticator.ADMIN));
        subject.getPrincipals().addAll(ROLES);
        return true;
    }

    @Override
    public boolean abort() {
        return logout();
    }

    @Override
    public boolean logout() {
        subject.getPrincipals()
                .removeIf(
                        principal ->
                                principal instanceof UserPrincipal || ROLES.contains(principal));
        return true;
    }
}
