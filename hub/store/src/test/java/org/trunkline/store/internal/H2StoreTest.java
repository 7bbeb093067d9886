package org.trunkline.store.internal;

import org.junit.jupiter.api.Nested;

/** The store's whole contract on H2, in a file. */
class H2StoreTest {

    @Nested
    class Journal extends JournalContract {
        Journal() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class Calls extends CallsContract {
        Calls() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class Work extends WorkContract {
        Work() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class Later extends LaterContract {
        Later() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class Steps extends StepsContract {
        Steps() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class Companies extends CompaniesContract {
        Companies() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class Rivalry extends RivalryContract {
        Rivalry() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class Secrets extends SecretsContract {
        Secrets() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class Scale extends ScaleContract {
        Scale() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class Migration extends MigrationContract {
        Migration() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class Crash extends CrashContract {
        Crash() {
            super(TestDatabase.H2);
        }
    }

    @Nested
    class PhoneBook extends PhoneBookContract {
        PhoneBook() {
            super(TestDatabase.H2);
        }
    }
}
