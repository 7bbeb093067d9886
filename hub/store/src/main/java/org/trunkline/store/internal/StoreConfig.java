package org.trunkline.store.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Keys of {@code etc/org.trunkline.store.cfg}. */
@ObjectClassDefinition(name = "Trunkline store", description = "Journal, calls, work, secrets")
public @interface StoreConfig {

    /** Key {@code journal.retention}. */
    @AttributeDefinition(
            description =
                    "How long events stay after they were folded, ISO-8601 in days (P14D)."
                            + " Repeated webhooks are known for as long. At least P1D")
    String journal_retention() default "P14D";

    /** Key {@code secret.key.file}. */
    @AttributeDefinition(
            description =
                    "File of the key that secrets are stored under; empty: secret.key in the data"
                            + " folder. The environment's TRUNKLINE_SECRET_KEY goes before it."
                            + " Read at the start only")
    String secret_key_file() default "";
}
