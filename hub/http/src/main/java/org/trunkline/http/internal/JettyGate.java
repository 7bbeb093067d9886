package org.trunkline.http.internal;

import java.net.URL;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.component.platform.http.PlatformHttpComponent;
import org.apache.camel.spi.RestConfiguration;
import org.osgi.framework.Bundle;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.http.AdminLogin;
import org.trunkline.http.HttpGate;

/**
 * The gate as an OSGi service. A change of its configuration restarts the server, not the routes
 * behind it.
 */
@Component(
        service = {HttpGate.class, AdminLogin.class},
        configurationPid = "org.trunkline.http",
        immediate = true)
@Designate(ocd = HttpConfig.class)
public final class JettyGate implements HttpGate, AdminLogin {
    private static final Logger LOG = LoggerFactory.getLogger(JettyGate.class);
    private static final String COMPONENT = "platform-http";

    private final Prefixes prefixes = new Prefixes();
    private final StaticFiles files = new StaticFiles();
    private final CamelEngine camel = new CamelEngine(this::settings);
    private final Authenticator authenticator;
    private volatile HttpSettings settings;
    private HttpServer server;

    @Activate
    public JettyGate(@Reference Credentials credentials, HttpConfig config) {
        this(HttpSettings.of(config), credentials);
    }

    JettyGate(HttpSettings settings, Credentials credentials) {
        this.settings = settings;
        this.authenticator = new Authenticator(credentials, Clock.systemUTC());
        prefixes.expect(settings.expectedPrefixes());
        server = start(settings);
    }

    /** A configuration that can't be used is refused with a clear word, and the old one stays. */
    @Modified
    synchronized void modified(HttpConfig config) {
        HttpSettings before = settings;
        HttpSettings wanted;
        try {
            wanted = HttpSettings.of(config);
        } catch (IllegalArgumentException e) {
            LOG.error("{}. The former configuration stays in force", e.getMessage());
            return;
        }
        server.stop();
        try {
            server = start(wanted);
        } catch (IllegalStateException e) {
            LOG.error("{}. The former configuration stays in force", e.getMessage());
            server = start(before);
        }
    }

    private HttpServer start(HttpSettings wanted) {
        HttpServer started =
                HttpServer.start(wanted, new GateHandler(prefixes, files, authenticator, camel));
        settings = wanted;
        prefixes.expect(wanted.expectedPrefixes());
        LOG.info("Listening on http://{}:{}", wanted.host(), started.port());
        return started;
    }

    @Deactivate
    synchronized void stop() {
        server.stop();
    }

    synchronized int port() {
        return server.port();
    }

    private HttpSettings settings() {
        return settings;
    }

    @Override
    public void attach(CamelContext context, String prefix) {
        prefixes.attach(prefix);
        if (context.hasComponent(COMPONENT) == null) {
            PlatformHttpComponent component = new PlatformHttpComponent();
            component.setEngine(camel);
            context.addComponent(COMPONENT, component);
            RestConfiguration rest = new RestConfiguration();
            rest.setComponent(COMPONENT);
            // Inlined, a direct: route behind a REST operation can't be called by anything else.
            rest.setInlineRoutes(false);
            context.setRestConfiguration(rest);
        }
    }

    @Override
    public void ready(String prefix) {
        prefixes.ready(prefix);
    }

    @Override
    public void detach(String prefix) {
        prefixes.detach(prefix);
        files.remove(prefix);
    }

    @Override
    public void files(String prefix, Bundle bundle, String directory) {
        files(prefix, path -> Optional.ofNullable(bundle.getEntry(directory + path)));
    }

    void files(String prefix, Function<String, Optional<URL>> find) {
        files.add(prefix, find);
        prefixes.attach(prefix);
        prefixes.ready(prefix);
    }

    @Override
    public Set<String> waiting() {
        return prefixes.waiting();
    }

    @Override
    public boolean granted(String from, String user, String password) {
        return authenticator.isAdmin(from, user, password);
    }
}
