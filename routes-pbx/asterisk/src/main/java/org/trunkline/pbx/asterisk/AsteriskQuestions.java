package org.trunkline.pbx.asterisk;

import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.http.HttpGate;
import org.trunkline.model.CallRouting;
import org.trunkline.model.PbxKind;
import org.trunkline.runtime.RouteQuestionRoutes;
import org.trunkline.runtime.RouteQuestions;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Companies;

/**
 * Asterisk's question whom a call should ring, over HTTP (docs/asterisk.md, section 6). Apart from
 * {@link AsteriskPbx}: when the HTTP server is updated or stopped, the lines to the PBXs stay.
 */
@Component(
        immediate = true,
        service = {})
public final class AsteriskQuestions {

    private static final String PREFIX = "/pbx/asterisk";

    private final HttpGate gate;
    private final RoutesContext routes;

    @Activate
    public AsteriskQuestions(
            BundleContext bundle,
            @Reference HttpGate gate,
            @Reference Companies companies,
            @Reference CallRouting routing) {
        this(gate, RoutesContext.of(bundle), companies, routing);
    }

    /** Outside OSGi; {@code routes} has not been started. */
    AsteriskQuestions(
            HttpGate gate, RoutesContext routes, Companies companies, CallRouting routing) {
        this.gate = gate;
        this.routes = routes;
        gate.attach(routes.camel(), PREFIX);
        try {
            // Not the manager user's secret: over HTTP anybody could try guesses at it.
            routes.start(
                    new RouteQuestionRoutes(
                            companies,
                            new RouteQuestions(
                                    companies,
                                    routing,
                                    PbxKind.ASTERISK,
                                    List.of("webhookSecret"))));
        } catch (RuntimeException e) {
            gate.detach(PREFIX);
            throw e;
        }
        gate.ready(PREFIX);
    }

    @Deactivate
    void stop() {
        gate.detach(PREFIX);
        routes.close();
    }
}
