package org.trunkline.http;

import java.util.Set;
import org.apache.camel.CamelContext;
import org.osgi.framework.Bundle;

/**
 * The hub's one HTTP port. A routes bundle attaches its Camel context, adds its Rest DSL routes,
 * starts the context, and says that it is ready; when it stops it detaches <em>before</em> it stops
 * its context:
 *
 * <pre>{@code
 * gate.attach(context, "/api");
 * context.addRoutes(routes);       // rest("/api/v1/...")
 * context.start();
 * gate.ready("/api");
 * ...
 * gate.detach("/api");
 * context.stop();
 * }</pre>
 *
 * <p>Between attach and ready, and after detach, requests below the prefix get 503 with
 * Retry-After; so do requests below {@code /pbx}, {@code /crm} and {@code /recordings} that no
 * bundle serves. Everything but {@code /health}, {@code /health/live}, {@code /health/ready} and
 * what is below those three asks for the administrator's password (Basic) or the API token
 * (Bearer); what is below them authenticates its callers itself. A body of the kind {@link
 * FileBody} is streamed, with ranges.
 */
public interface HttpGate {

    /** Exchange property: who was authenticated, a {@code String}; absent on open paths. */
    String USER = "trunkline.http.user";

    /** Exchange property: the address the request came from, a {@code String} such as 127.0.0.1. */
    String CLIENT_ADDRESS = "trunkline.http.clientAddress";

    /**
     * Gives the context its {@code platform-http} component and makes it that of its Rest DSL. To
     * be called before routes are added, once for each prefix that the context's routes use.
     *
     * @param prefix a path such as {@code /api}, without a slash at its end
     * @throws IllegalArgumentException when the prefix is not of that form
     */
    void attach(CamelContext context, String prefix);

    /**
     * The routes below the prefix are started: let requests through.
     *
     * @throws IllegalStateException when the prefix was not attached
     */
    void ready(String prefix);

    /** No new request below the prefix from now on; those in flight end. */
    void detach(String prefix);

    /**
     * Serves the files of a folder of the bundle below the prefix ({@code index.html} for the
     * prefix itself), until {@link #detach(String)}. Caller authenticated, like the rest.
     *
     * @param directory a folder inside the bundle, such as {@code /console}
     */
    void files(String prefix, Bundle bundle, String directory);

    /**
     * Prefixes that are expected (by configuration) or attached, and not ready. Empty: everything
     * answers.
     */
    Set<String> waiting();
}
