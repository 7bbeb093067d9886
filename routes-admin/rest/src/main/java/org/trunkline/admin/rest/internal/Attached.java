package org.trunkline.admin.rest.internal;

import java.util.List;
import org.trunkline.http.HttpGate;
import org.trunkline.runtime.RoutesContext;

/** Routes behind the gate, from the start of their context to its end. */
final class Attached implements AutoCloseable {

    private final HttpGate gate;
    private final RoutesContext context;
    private final List<String> prefixes;

    /**
     * @param prefixes of the routes' paths
     */
    Attached(HttpGate gate, RoutesContext context, List<String> prefixes, JsonRoutes... routes) {
        this.gate = gate;
        this.context = context;
        this.prefixes = prefixes;
        prefixes.forEach(prefix -> gate.attach(context.camel(), prefix));
        context.start(routes);
        prefixes.forEach(gate::ready);
    }

    @Override
    public void close() {
        prefixes.forEach(gate::detach);
        context.close();
    }
}
