package org.trunkline.model;

import com.fasterxml.jackson.databind.EnumNamingStrategies;
import com.fasterxml.jackson.databind.annotation.EnumNaming;
import java.util.List;

/** The PBXs that the hub speaks with. */
@EnumNaming(EnumNamingStrategies.CamelCaseStrategy.class)
public enum PbxKind {
    /** Asterisk, FreePBX, MikoPBX: over AMI; the second secret is for what the PBX asks. */
    ASTERISK(List.of("secret"), List.of("webhookSecret")),
    /** Mango Office: signed webhooks. */
    MANGO("apiKey", "apiSalt"),
    /** UIS, CoMagic, Novofon 2.0: webhooks without a signature. */
    UIS("token", "webhookSecret"),
    /** The corporate PBX of t2: polled, for it tells nothing by itself. */
    T2("accessToken", "refreshToken");

    private final List<String> secrets;
    private final List<String> optionalSecrets;

    PbxKind(String... secrets) {
        this(List.of(secrets), List.of());
    }

    PbxKind(List<String> secrets, List<String> optionalSecrets) {
        this.secrets = secrets;
        this.optionalSecrets = optionalSecrets;
    }

    /** What an account must be given once and the hub keeps encrypted. */
    public List<String> secrets() {
        return secrets;
    }

    /** What an account may be given besides; kept alike. */
    public List<String> optionalSecrets() {
        return optionalSecrets;
    }
}
