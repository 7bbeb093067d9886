package org.trunkline.store.internal;

import java.time.Clock;
import java.time.Duration;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.store.Companies;

/**
 * Publishes {@link Companies} once the secret key fits and all companies are in memory. With a
 * wrong key nothing that needs a company starts, and it starts by itself when the key is put right.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = "org.trunkline.store")
public final class CompaniesOpening {

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Opening<JdbcCompanies> opening;

    @Activate
    public CompaniesOpening(
            BundleContext bundle,
            @Reference Database database,
            @Reference Signals signals,
            StoreConfig config) {
        KeySource key = KeySource.ofProcess(config.secret_key_file());
        opening =
                new Opening<>(
                        "The store stays closed",
                        PAUSE,
                        () ->
                                new JdbcCompanies(
                                        database,
                                        new Secrets(database, key),
                                        signals,
                                        Clock.systemUTC()),
                        companies -> published(bundle, companies));
        opening.start();
    }

    private static Runnable published(BundleContext bundle, JdbcCompanies companies) {
        var registration = bundle.registerService(Companies.class, companies, null);
        return () -> {
            registration.unregister();
            companies.close();
        };
    }

    /** The key's place is read at the start only; a change must not stop what runs. */
    @Modified
    void modified(StoreConfig config) {}

    @Deactivate
    void stop() {
        opening.close();
    }
}
