package org.trunkline.http.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** What the administrator and programs prove themselves with; the first start makes it. */
@Component(service = Credentials.class)
public final class Credentials {
    private final AdminPassword password;
    private final ApiToken token;

    @Activate
    public Credentials(BundleContext bundle) {
        this(
                new SecretFolder(dataFolder(bundle)),
                environment("TRUNKLINE_ADMIN_PASSWORD"),
                environment("TRUNKLINE_API_TOKEN"));
    }

    Credentials(SecretFolder data, Optional<String> password, Optional<String> token) {
        this.password = AdminPassword.open(data, password);
        this.token = ApiToken.open(data, token);
    }

    AdminPassword password() {
        return password;
    }

    ApiToken token() {
        return token;
    }

    /** The launcher names the data folder; a plain Karaf has its own. */
    private static Path dataFolder(BundleContext bundle) {
        return Optional.ofNullable(bundle.getProperty("trunkline.data"))
                .or(() -> Optional.ofNullable(bundle.getProperty("karaf.data")))
                .map(Path::of)
                .orElseThrow(() -> new IllegalStateException("No property trunkline.data"));
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }
}
