package org.trunkline.crm.delivery.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.trunkline.store.Work;

class BacklogRouteTest {

    private static final Duration ALARM = Duration.ofMinutes(15);

    @Test
    void oldWorkIsToldOnceAndItsEndOnce(@TempDir Path folder) throws Exception {
        try (TestStore store = TestStore.in(folder)) {
            BacklogRoute route = new BacklogRoute(store.work(), () -> ALARM);

            assertThat(route.alarm(aged(ALARM))).isFalse();
            assertThat(route.alarm(aged(ALARM.plusSeconds(1)))).isTrue();
            assertThat(route.alarm(aged(ALARM.plusHours(1)))).isTrue();
            assertThat(route.alarm(aged(Duration.ZERO))).isFalse();

            new Acme(store).rings("call", Set.of("to-main"), "201");
            assertThat(route.alarm(store.work().backlog())).isFalse();
        }
    }

    private static Work.Backlog aged(Duration oldest) {
        return new Work.Backlog(3, 2, 1, oldest);
    }
}
