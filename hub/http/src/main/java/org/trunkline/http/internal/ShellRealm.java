package org.trunkline.http.internal;

import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.config.JaasRealm;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The realm of the SSH shell ({@code sshRealm} in etc/org.apache.karaf.shell.cfg): the same
 * administrator, the same password as over HTTP, instead of Karaf's file of users.
 */
@Component(service = JaasRealm.class)
public final class ShellRealm implements JaasRealm {
    private static final String NAME = "trunkline";

    private final BundleContext bundle;
    private final Credentials credentials;

    @Activate
    public ShellRealm(BundleContext bundle, @Reference Credentials credentials) {
        this.bundle = bundle;
        this.credentials = credentials;
    }

    @Override
    public String getName() {
        return NAME;
    }

    @Override
    public int getRank() {
        return 0;
    }

    @Override
    public AppConfigurationEntry[] getEntries() {
        Map<String, Object> options =
                Map.of(
                        ProxyLoginModule.PROPERTY_MODULE,
                        ShellLogin.class.getName(),
                        ProxyLoginModule.PROPERTY_BUNDLE,
                        String.valueOf(bundle.getBundle().getBundleId()),
                        BundleContext.class.getName(),
                        bundle,
                        ShellLogin.PASSWORD,
                        credentials.password());
        return new AppConfigurationEntry[] {
            new AppConfigurationEntry(
                    ProxyLoginModule.class.getName(), LoginModuleControlFlag.REQUIRED, options)
        };
    }
}
