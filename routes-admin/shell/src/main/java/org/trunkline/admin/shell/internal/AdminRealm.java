package org.trunkline.admin.shell.internal;

import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import javax.security.auth.login.AppConfigurationEntry.LoginModuleControlFlag;
import org.apache.karaf.jaas.boot.ProxyLoginModule;
import org.apache.karaf.jaas.config.JaasRealm;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.trunkline.http.AdminLogin;

/**
 * Lets the administrator into the shell with the same password as into HTTP. Takes the place of
 * Karaf's own realm, whose users stand in a file.
 */
@Component(service = JaasRealm.class)
public final class AdminRealm implements JaasRealm {

    private static final int BEFORE_KARAFS_OWN = 1;

    private final Map<String, Object> options;

    @Activate
    public AdminRealm(BundleContext bundle, @Reference AdminLogin login) {
        options =
                Map.of(
                        ProxyLoginModule.PROPERTY_MODULE,
                        AdminLoginModule.class.getName(),
                        ProxyLoginModule.PROPERTY_BUNDLE,
                        Long.toString(bundle.getBundle().getBundleId()),
                        AdminLoginModule.LOGIN,
                        login);
    }

    @Override
    public String getName() {
        return "karaf";
    }

    @Override
    public int getRank() {
        return BEFORE_KARAFS_OWN;
    }

    @Override
    public AppConfigurationEntry[] getEntries() {
        return new AppConfigurationEntry[] {
            new AppConfigurationEntry(
                    ProxyLoginModule.class.getName(), LoginModuleControlFlag.REQUIRED, options)
        };
    }
}
