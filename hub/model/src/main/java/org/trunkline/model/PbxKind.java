package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.util.List;

/** The PBXs that the hub speaks with. */
@EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
public enum PbxKind {
    /** Asterisk, FreePBX, MikoPBX: over AMI. */
    ASTERISK("secret"),
    /** Mango Office: signed webhooks. */
    MANGO("apiKey", "apiSalt"),
    /** UIS, CoMagic, Novofon 2.0: webhooks without a signature. */
    UIS("token", "webhookSecret"),
    /** The corporate PBX of t2: polled, for it tells nothing by itself. */
    T2("accessToken", "refreshToken");

    private final List<String> secrets;

    PbxKind(String... secrets) {
        this.secrets = List.of(secrets);
    }

    /** What an account must be given once and the hub keeps encrypted. */
    public List<String> secrets() {
        return secrets;
    }
}
