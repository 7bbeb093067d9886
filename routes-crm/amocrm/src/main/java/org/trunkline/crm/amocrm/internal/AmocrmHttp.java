package org.trunkline.crm.amocrm.internal;

import org.apache.camel.RoutesBuilder;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.crm.amocrm.internal.install.AmocrmInstallation;
import org.trunkline.crm.amocrm.internal.widget.AmocrmWidget;
import org.trunkline.http.HttpGate;
import org.trunkline.runtime.RoutesContext;

/** What amoCRM and its pages call, and the widget's archive for the administrator. */
@Component(service = AmocrmHttp.class, immediate = true)
public final class AmocrmHttp {

    /** Path prefix of all that portals call. */
    public static final String PREFIX = "/crm/amocrm";

    /** Below it lies the widget's archive. */
    public static final String WIDGET = "/widgets/amocrm";

    /** Where the bundle has it. */
    private static final String FOLDER = "/widget";

    private final HttpGate gate;
    private final RoutesContext context;

    @Activate
    public AmocrmHttp(
            BundleContext bundle,
            @Reference HttpGate gate,
            @Reference AmocrmWidget widget,
            @Reference AmocrmInstallation installation) {
        this(gate, RoutesContext.of(bundle), widget.routes(), installation.routes());
        gate.files(WIDGET, bundle.getBundle(), FOLDER);
    }

    /** Outside OSGi; without the archive. */
    public AmocrmHttp(HttpGate gate, RoutesContext context, RoutesBuilder... routes) {
        this.gate = gate;
        this.context = context;
        gate.attach(context.camel(), PREFIX);
        context.start(routes);
        gate.ready(PREFIX);
    }

    @Deactivate
    public void stop() {
        gate.detach(WIDGET);
        gate.detach(PREFIX);
        context.close();
    }
}
