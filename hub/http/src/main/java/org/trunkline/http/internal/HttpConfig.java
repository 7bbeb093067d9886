package org.trunkline.http.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** PID {@code org.trunkline.http}; each key is explained in config/org.trunkline.http.cfg. */
@ObjectClassDefinition(name = "Trunkline: HTTP server")
public @interface HttpConfig {
    @AttributeDefinition(description = "Address to listen on")
    String host() default "127.0.0.1";

    @AttributeDefinition(description = "HTTP port, 0 = any free one")
    int port() default 8181;

    @AttributeDefinition(description = "HTTPS port; used when a keystore is given")
    int tls_port() default 8443;

    @AttributeDefinition(description = "PKCS12 file with the server's key; empty = no HTTPS")
    String tls_keystore() default "";

    @AttributeDefinition(description = "Password of the keystore")
    String tls_keystore_password() default "";

    @AttributeDefinition(description = "Most bytes of a request body below /pbx and /crm")
    int body_limit_pbx() default 262_144;

    @AttributeDefinition(description = "Most bytes of any other request body")
    int body_limit() default 1_048_576;

    @AttributeDefinition(description = "A body must be complete within, milliseconds")
    long body_timeout() default 10_000;

    @AttributeDefinition(
            description = "A request head must be complete within (about), milliseconds")
    long header_timeout() default 5_000;

    @AttributeDefinition(description = "A silent connection is closed after, milliseconds")
    long idle_timeout() default 15_000;

    @AttributeDefinition(description = "Most connections at once")
    int connections() default 1_000;

    @AttributeDefinition(description = "Most threads")
    int threads() default 60;

    @AttributeDefinition(description = "Prefixes without which the hub is not ready")
    String[] expected_prefixes() default {};
}
