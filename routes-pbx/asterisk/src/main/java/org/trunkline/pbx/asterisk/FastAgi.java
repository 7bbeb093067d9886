package org.trunkline.pbx.asterisk;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.trunkline.model.CallRouting;
import org.trunkline.pbx.asterisk.internal.agi.AgiServer;
import org.trunkline.pbx.asterisk.internal.agi.RouteScript;
import org.trunkline.store.Companies;

/**
 * Asterisk's question whom a call should ring, over FastAGI (docs/asterisk.md, section 6). Apart
 * from {@link AsteriskPbx}: a change of its port must not cut the lines to the PBXs.
 */
@Component(
        immediate = true,
        service = {},
        configurationPid = "org.trunkline.fastagi")
@Designate(ocd = FastAgi.Config.class)
public final class FastAgi {

    private static final Logger LOG = LoggerFactory.getLogger(FastAgi.class);

    /** A caller waits no longer than this, though the store hang. */
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    /** {@code etc/org.trunkline.fastagi.cfg}. */
    @ObjectClassDefinition(name = "Trunkline: FastAGI")
    public @interface Config {
        @AttributeDefinition(description = "Address to listen on")
        String host() default "127.0.0.1";

        @AttributeDefinition(description = "Port, 0 = any free one")
        int port() default 8184;

        @AttributeDefinition(description = "Most connections at once")
        int connections() default 64;
    }

    private final RouteScript script;
    private Optional<AgiServer> server;

    @Activate
    public FastAgi(@Reference Companies companies, @Reference CallRouting routing, Config config) {
        script = new RouteScript(AsteriskPbx.questions(companies, routing));
        server = open(config);
    }

    @Modified
    void modified(Config config) {
        stop();
        server = open(config);
    }

    @Deactivate
    void stop() {
        server.ifPresent(AgiServer::close);
    }

    private Optional<AgiServer> open(Config config) {
        String place = config.host().strip() + ":" + config.port();
        try {
            AgiServer opened =
                    new AgiServer(
                            new InetSocketAddress(config.host().strip(), config.port()),
                            new AgiServer.Bounds(config.connections(), DEADLINE),
                            script);
            LOG.info("FastAGI listens on {}:{}", config.host().strip(), opened.port());
            return Optional.of(opened);
        } catch (IOException | IllegalArgumentException e) {
            LOG.error(
                    "etc/org.trunkline.fastagi.cfg: FastAGI can't listen on {} with {} connections:"
                            + " {}; correct host, port and connections",
                    place,
                    config.connections(),
                    e.getMessage());
            return Optional.empty();
        }
    }
}
