package org.trunkline.pbx.asterisk.internal;

import java.nio.file.Path;
import java.util.Optional;
import org.trunkline.model.Asterisk;
import org.trunkline.model.Company;
import org.trunkline.model.PbxAccount;
import org.trunkline.pbx.asterisk.internal.ami.AmiSettings;
import org.trunkline.pbx.asterisk.internal.translate.AccountView;

/**
 * One provisioned account: where to connect and how to read what comes. Equal setups need no new
 * connection.
 */
record AccountSetup(AmiSettings ami, AccountView view) {

    static AccountSetup of(
            Company company, PbxAccount pbx, String secret, AmiSettings.Timing timing) {
        Optional<Path> ca = pbx.asterisk().flatMap(Asterisk::certificate).map(Path::of);
        return new AccountSetup(
                new AmiSettings(
                        company.id() + "/" + pbx.id(),
                        pbx.host(),
                        pbx.port(),
                        pbx.tls(),
                        ca,
                        pbx.username(),
                        secret,
                        timing),
                AccountView.of(company, pbx));
    }

    /** Unique among all companies; also the name in routes and logs. */
    String name() {
        return ami.account();
    }
}
