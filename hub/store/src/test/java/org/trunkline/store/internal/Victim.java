package org.trunkline.store.internal;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.stream.IntStream;

/** A process that appends, and tells each event once it is accepted, until it is killed. */
final class Victim {

    private Victim() {}

    public static void main(String[] url) throws InterruptedException {
        HikariDataSource source = TestDatabase.pool(url[0]);
        Database database = new Database(source, false);
        Signals signals = new Signals();
        JdbcJournal journal = new JdbcJournal(database, new JdbcLeases(database, signals), signals);
        List<Thread> writers =
                IntStream.range(0, 4)
                        .mapToObj(writer -> new Thread(() -> append(journal, writer)))
                        .toList();
        writers.forEach(Thread::start);
        for (Thread writer : writers) {
            writer.join();
        }
    }

    private static void append(JdbcJournal journal, int writer) {
        for (int i = 0; true; i++) {
            String key = writer + "-" + i;
            journal.append(List.of(Told.of(key).started()));
            System.out.println("accepted " + key);
        }
    }
}
