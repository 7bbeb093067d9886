package org.trunkline.store.internal;

import org.junit.jupiter.api.Nested;

/** The store's whole contract on a real PostgreSQL. */
class PostgreSqlStoreTest {

    @Nested
    class Journal extends JournalContract {
        Journal() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Calls extends CallsContract {
        Calls() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Work extends WorkContract {
        Work() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Later extends LaterContract {
        Later() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Steps extends StepsContract {
        Steps() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Companies extends CompaniesContract {
        Companies() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Rivalry extends RivalryContract {
        Rivalry() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Secrets extends SecretsContract {
        Secrets() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Scale extends ScaleContract {
        Scale() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Migration extends MigrationContract {
        Migration() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class Crash extends CrashContract {
        Crash() {
            super(TestDatabase.POSTGRESQL);
        }
    }

    @Nested
    class PhoneBook extends PhoneBookContract {
        PhoneBook() {
            super(TestDatabase.POSTGRESQL);
        }
    }
}
