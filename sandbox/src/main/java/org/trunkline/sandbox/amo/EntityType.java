package org.trunkline.sandbox.amo;

import java.util.Arrays;
import java.util.Optional;

/** What notes, tasks and links hang on. amoCRM calls deals leads. */
enum EntityType {
    CONTACTS("contacts", "contact", 1),
    LEADS("leads", "lead", 2),
    COMPANIES("companies", "company", 3),
    CUSTOMERS("customers", "customer", 12);

    private final String path;
    private final String singular;
    private final int number;

    EntityType(String path, String singular, int number) {
        this.path = path;
        this.singular = singular;
        this.number = number;
    }

    static Optional<EntityType> of(String path) {
        return Arrays.stream(values()).filter(type -> type.path.equals(path)).findFirst();
    }

    /** As addresses and lists name it. */
    String path() {
        return path;
    }

    /** As answers of calls name it. */
    String singular() {
        return singular;
    }

    /** As {@code /api/v2/events} names it. */
    int number() {
        return number;
    }
}
