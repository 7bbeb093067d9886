package org.trunkline.crm.amocrm.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** {@code etc/org.trunkline.amocrm.cfg}. */
@ObjectClassDefinition(name = "Trunkline: amoCRM")
public @interface AmocrmConfig {

    @AttributeDefinition(
            name = "pace",
            min = "1",
            max = "7",
            description =
                    "Requests a second that leave for each account, 1 to 7; 7 is the vendor's limit for"
                            + " all who ask from this address.")
    int pace() default 5;

    @AttributeDefinition(
            name = "synchronise.every",
            description =
                    "How often users, pipelines, stages and fields of each account are read anew, as"
                            + " PT15M; PT0S: only when asked.")
    String synchronise_every() default "PT15M";

    @AttributeDefinition(
            name = "book.catch.up",
            description =
                    "How often the phone book of each account asks for changes, as PT1M; PT0S: there"
                            + " are no phone books, and each look-up asks the account.")
    String book_catch_up() default "PT1M";

    @AttributeDefinition(
            name = "book.again",
            description =
                    "How long after a phone book was read whole it is read again, to find out what was"
                            + " deleted, as PT1H; PT0S: never.")
    String book_again() default "PT1H";
}
