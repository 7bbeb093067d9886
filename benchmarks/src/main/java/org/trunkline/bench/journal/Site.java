package org.trunkline.bench.journal;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import org.trunkline.store.internal.ShippedStore;

/**
 * A fresh database with the hub's store on it.
 *
 * @param ending ends the database behind it
 */
record Site(String name, String url, String user, ShippedStore store, Closing ending)
        implements AutoCloseable {

    /** What ending takes. */
    @FunctionalInterface
    interface Closing {
        void run() throws IOException;
    }

    /** H2 as the distribution has it, see {@code etc/org.ops4j.datasource-trunkline.cfg}. */
    static Site h2(Path folder) throws InterruptedException {
        String url =
                "jdbc:h2:file:"
                        + folder.resolve("trunkline")
                        + ";MODE=PostgreSQL;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;OPTIMIZE_REUSE_RESULTS=0";
        return new Site("h2", url, "sa", new ShippedStore(url, "sa", Told.COMPANY), () -> {});
    }

    /** A PostgreSQL that really writes: the embedded one is told by default not to. */
    static Site postgresql(Path folder) throws IOException, InterruptedException {
        EmbeddedPostgres server =
                EmbeddedPostgres.builder()
                        .setDataDirectory(folder)
                        .setServerConfig("fsync", "on")
                        .setServerConfig("full_page_writes", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .start();
        String url = server.getJdbcUrl("postgres", "postgres");
        return new Site(
                "postgresql",
                url,
                "postgres",
                new ShippedStore(url, "postgres", Told.COMPANY),
                server::close);
    }

    @Override
    public void close() throws IOException {
        store.close();
        ending.run();
    }
}
