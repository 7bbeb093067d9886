package org.trunkline.crm.delivery;

import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
import org.trunkline.crm.connector.begin.CallbackAttempts;
import org.trunkline.crm.connector.begin.Commands;
import org.trunkline.crm.connector.begin.Controls;
import org.trunkline.crm.delivery.internal.Absences;
import org.trunkline.crm.delivery.internal.BacklogRoute;
import org.trunkline.crm.delivery.internal.Connectors;
import org.trunkline.crm.delivery.internal.DeliverRoute;
import org.trunkline.crm.delivery.internal.Delivery;
import org.trunkline.crm.delivery.internal.Knobs;
import org.trunkline.crm.delivery.internal.Lanes;
import org.trunkline.crm.delivery.internal.NextAttempts;
import org.trunkline.crm.delivery.internal.Setbacks;
import org.trunkline.crm.delivery.internal.SettingsRoute;
import org.trunkline.model.RecordingLinks;
import org.trunkline.runtime.RoutesContext;
import org.trunkline.runtime.WorkComponent;
import org.trunkline.store.Calls;
import org.trunkline.store.Companies;
import org.trunkline.store.Journal;
import org.trunkline.store.Work;

/** The bundle's routes: work that is due is decided and brought to the CRM. */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.trunkline.crm.delivery")
@Designate(ocd = DeliveryRoutes.Config.class)
public final class DeliveryRoutes {

    private static final Logger LOG = LoggerFactory.getLogger(DeliveryRoutes.class);

    /** {@code etc/org.trunkline.crm.delivery.cfg}. */
    @ObjectClassDefinition(name = "Trunkline: delivery")
    public @interface Config {
        /** Calls brought to CRMs at once, 1 to 2048. */
        @AttributeDefinition(min = "1", max = "2048")
        int parallel() default 1536;

        /** Of these for one portal, 1 to 2048; beyond 32 it leaves as many to the others. */
        @AttributeDefinition(min = "1", max = "2048")
        int per_portal() default 768;

        /** Age of undelivered work at which the log warns; ISO-8601, a minute or more. */
        @AttributeDefinition
        String alarm_after() default "PT15M";
    }

    /** A stop asks again and again, for a call may go from one request to the next. */
    private static final long MILLIS_BETWEEN_REQUESTS_TO_HURRY = 100;

    private final Connectors connectors;
    private final RoutesContext routes;
    private final WorkComponent due;
    private volatile Knobs knobs = Knobs.DEFAULT;

    @Activate
    public DeliveryRoutes(
            BundleContext bundle,
            @Reference Work work,
            @Reference Calls calls,
            @Reference Companies companies,
            @Reference Connectors connectors,
            @Reference RecordingLinks links,
            @Reference Journal journal,
            @Reference Controls controls,
            Config config) {
        Clock clock = Clock.systemUTC();
        this.connectors = connectors;
        read(config).ifPresent(read -> knobs = read);
        due = new WorkComponent(work, new Lanes(companies), clock);
        resize();
        Absences absences = new Absences(work);
        routes = RoutesContext.of(bundle).with("work", due);
        routes.start(
                new DeliverRoute(
                        new Delivery(work, absences, calls, companies, connectors, links, clock),
                        new NextAttempts(
                                new CallbackAttempts(
                                        journal,
                                        calls,
                                        new Commands(controls),
                                        Runnable::run,
                                        clock),
                                calls,
                                connectors,
                                clock),
                        new Setbacks(work, absences, clock)),
                new SettingsRoute(companies, work),
                new BacklogRoute(work, () -> knobs.alarmAfter()));
    }

    /** Nothing is stopped for it: a card must not wait for a change of settings. */
    @Modified
    void modified(Config config) {
        read(config)
                .ifPresent(
                        read -> {
                            knobs = read;
                            resize();
                            LOG.info("{} from now on", knobs);
                        });
    }

    private void resize() {
        due.resize(knobs.parallel(), knobs.perPortal());
    }

    @Deactivate
    void stop() {
        ScheduledExecutorService hurry = Executors.newSingleThreadScheduledExecutor();
        hurry.scheduleWithFixedDelay(
                connectors::giveBack, 0, MILLIS_BETWEEN_REQUESTS_TO_HURRY, TimeUnit.MILLISECONDS);
        routes.close();
        hurry.shutdown();
    }

    /** A wrong value leaves what was in force. */
    private Optional<Knobs> read(Config config) {
        try {
            return Optional.of(
                    Knobs.read(config.parallel(), config.per_portal(), config.alarm_after()));
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "etc/org.trunkline.crm.delivery.cfg: {}; {} stays in force",
                    e.getMessage(),
                    knobs);
            return Optional.empty();
        }
    }
}
