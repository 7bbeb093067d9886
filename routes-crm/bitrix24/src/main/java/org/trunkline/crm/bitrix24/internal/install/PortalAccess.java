package org.trunkline.crm.bitrix24.internal.install;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.trunkline.model.Fault;

/** The connector's side of one portal: its tokens, its courier, its health. Thread-safe. */
public interface PortalAccess {

    /**
     * Asks the portal at its provisioned address with somebody's own token, in its turn.
     *
     * @param token of whoever claims to come from the portal
     * @throws Fault.Auth if the portal does not take the token
     * @throws Fault if it can't be asked
     */
    JsonNode ask(String token, String method);

    /**
     * Calls a method with the hub's own tokens, through the courier.
     *
     * @throws Fault typed by what helps
     */
    JsonNode call(String method, Map<String, Object> params);

    /** What to store of an installation, by name, as the connector reads it. */
    Map<String, String> secrets(Grant grant);

    /**
     * Renews the hub's tokens now.
     *
     * @throws Fault typed by what helps
     */
    void renew();

    /**
     * Something beside the calls does not work, or does again.
     *
     * @param reason empty: all is well
     * @param cure what to do about it
     */
    void warn(String reason, String cure);

    /** The portal has tokens from now on. */
    void connected();

    /** The portal has no tokens, and why. */
    void unconnected(Fault.Auth why);

    /**
     * Where its methods are called now; a renamed portal has another host than its document says.
     */
    URI endpoint();

    /** When the portal answered last; empty: not since the start. */
    Optional<Instant> lastContact();
}
