package org.trunkline.calls;

import org.osgi.framework.BundleContext;
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
import org.trunkline.calls.internal.FoldRoute;
import org.trunkline.runtime.JournalComponent;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;

/** The bundle's routes: what the PBXs told becomes calls, and calls become work. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.trunkline.calls")
@Designate(ocd = CallRoutes.Config.class)
public final class CallRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(CallRoutes.class);
    private static final int MOST = 256;

    /** {@code etc/org.trunkline.calls.cfg}. */
    @ObjectClassDefinition(name = "Trunkline: calls")
    public @interface Config {
        /** Calls folded at once, 1 to 256; each holds a connection to the database. */
        @AttributeDefinition(min = "1", max = "256")
        int parallel() default 4;
    }

    private final RoutesContext routes;
    private final Calls calls;
    private final Companies companies;
    private int parallel = 4;

    @Activate
    public CallRoutes(
            BundleContext bundle,
            @Reference Journal journal,
            @Reference Calls calls,
            @Reference Companies companies,
            Config config) {
        this.calls = calls;
        this.companies = companies;
        take(config);
        routes = RoutesContext.of(bundle).with("journal", new JournalComponent(journal));
        routes.start(route());
    }

    @Modified
    void modified(Config config) {
        if (take(config)) {
            routes.replace(route());
            LOG.info("{} calls are folded at once from now on", parallel);
        }
    }

    @Deactivate
    void stop() {
        routes.close();
    }

    private FoldRoute route() {
        return new FoldRoute(calls, companies, parallel);
    }

    /** A wrong value leaves what was in force. */
    private boolean take(Config config) {
        if (config.parallel() < 1 || config.parallel() > MOST) {
            LOG.error(
                    "parallel = {} in etc/org.trunkline.calls.cfg is not from 1 to {}; {} stays in"
                            + " force",
                    config.parallel(),
                    MOST,
                    parallel);
            return false;
        }
        parallel = config.parallel();
        return true;
    }
}
