package org.trunkline.crm.bitrix24.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.trunkline.bitrix24.cfg}. */
@ObjectClassDefinition(name = "Trunkline: Bitrix24")
public @interface Bitrix24Config {

    @AttributeDefinition(
            name = "bucket.size",
            description =
                    "Requests that a portal takes in a burst: 50, or 250 on the Enterprise plan."
                            + " Less if other applications on this address use the same portal.")
    int bucket_size() default 50;

    @AttributeDefinition(
            name = "bucket.leak",
            description = "Requests a second that a portal takes for long: 2, or 5 on Enterprise.")
    double bucket_leak() default 2;

    @AttributeDefinition(
            name = "oauth.address",
            description =
                    "Authorisation server for portals that have not named theirs. Portals on this"
                            + " machine, that is simulators, renew at their own address.")
    String oauth_address() default "https://oauth.bitrix24.tech";

    @AttributeDefinition(
            name = "synchronise.every",
            description =
                    "How often users, pipelines, stages, fields and lines of each portal are read"
                            + " anew, as PT15M; PT0S: only when asked.")
    String synchronise_every() default "PT15M";

    @AttributeDefinition(
            name = "book.catch.up",
            description =
                    "How often the phone book of each portal asks for changes, as PT1M; PT0S: there"
                            + " are no phone books, and each look-up asks the portal.")
    String book_catch_up() default "PT1M";

    @AttributeDefinition(
            name = "book.again",
            description =
                    "How long after a phone book was read whole it is read again, to find out what"
                            + " was deleted, as PT1H; PT0S: never.")
    String book_again() default "PT1H";

    @AttributeDefinition(
            name = "tls.authorities",
            description =
                    "File with certificates in PEM, beside Java's own: authorities of boxed portals.")
    String tls_authorities() default "";

    @AttributeDefinition(
            name = "events",
            description =
                    "How portals tell of clicks, forms and changes: online, to TRUNKLINE_PUBLIC_URL;"
                            + " offline, into a queue that the hub asks.")
    String events() default "online";
}
