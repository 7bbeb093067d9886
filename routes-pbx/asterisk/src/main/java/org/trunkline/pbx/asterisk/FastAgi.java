package org.trunkline.pbx.asterisk;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
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
import org.trunkline.model.PbxKind;
import org.trunkline.pbx.asterisk.internal.agi.AgiServer;
import org.trunkline.pbx.asterisk.internal.agi.RouteScript;
import org.trunkline.runtime.RouteQuestions;
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
    private Optional<Place> inForce;
    private Optional<AgiServer> server = Optional.empty();

    /** The configuration, read: a value that is no number is found out here. */
    private record Place(String host, int port, int connections) {

        static Place of(Config config) {
            return new Place(config.host().strip(), config.port(), config.connections());
        }

        AgiServer open(RouteScript script) throws IOException {
            AgiServer opened =
                    new AgiServer(
                            new InetSocketAddress(host, port),
                            new AgiServer.Bounds(connections, DEADLINE),
                            script);
            LOG.info("FastAGI listens on {}:{}", host, opened.port());
            return opened;
        }
    }

    @Activate
    public FastAgi(@Reference Companies companies, @Reference CallRouting routing, Config config) {
        // An account without a secret for its questions has its user's: FastAGI stays within a
        // network of the PBX's own.
        script =
                new RouteScript(
                        new RouteQuestions(
                                companies,
                                routing,
                                PbxKind.ASTERISK,
                                List.of("webhookSecret", "secret")));
        inForce = read(config).filter(this::opens);
    }

    /** What can't be used is refused with a clear word, and the former values stay in force. */
    @Modified
    synchronized void modified(Config config) {
        Optional<Place> wanted = read(config);
        boolean nothingNew = server.isPresent() && wanted.equals(inForce);
        if (wanted.isEmpty() || nothingNew) {
            return;
        }
        stop();
        if (wanted.filter(this::opens).isPresent()) {
            inForce = wanted;
        } else if (inForce.filter(this::opens).isPresent()) {
            LOG.warn("FastAGI: the former configuration stays in force");
        }
    }

    @Deactivate
    synchronized void stop() {
        server.ifPresent(AgiServer::close);
        server = Optional.empty();
    }

    /** Empty: it does not listen. */
    synchronized Optional<Integer> port() {
        return server.map(AgiServer::port);
    }

    private static Optional<Place> read(Config config) {
        try {
            return Optional.of(Place.of(config));
        } catch (RuntimeException e) {
            LOG.error(
                    "etc/org.trunkline.fastagi.cfg can't be read: {}; correct host, port and"
                            + " connections. What was in force before stays so",
                    e.getMessage());
            return Optional.empty();
        }
    }

    private boolean opens(Place place) {
        try {
            server = Optional.of(place.open(script));
            return true;
        } catch (IOException | IllegalArgumentException e) {
            LOG.error(
                    "etc/org.trunkline.fastagi.cfg: FastAGI can't listen on {}:{} with {}"
                            + " connections: {}; correct host, port and connections",
                    place.host(),
                    place.port(),
                    place.connections(),
                    e.getMessage());
            return false;
        }
    }
}
