package io.katydid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Task;
import io.katydid.api.TaskSet;
import io.katydid.api.WaitTime;
import io.katydid.parity.Parity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Lets an HTTP user with a random wait choose between task sets by weight. */
class WeightedSetsTest {
    private static final int TASKS = 400;
    private static final List<Long> STARTS = new CopyOnWriteArrayList<>();

    static final class Visitor extends HttpUser {
        @Override protected WaitTime waitTime() { return between(0.002, 0.004); }

        @Task(3)
        class Often extends TaskSet {
            @Task void page() {
                visit("/often");
                interrupt(false);
            }
        }

        @Task
        class Seldom extends TaskSet {
            @Task void page() {
                visit("/seldom");
                interrupt(false);
            }
        }

        private void visit(String url) {
            STARTS.add(System.nanoTime());
            client.get(url);
            if (STARTS.size() == TASKS) OneUser.done.complete(null);
            if (STARTS.size() >= TASKS) sleep(60);
        }
    }

    @Test
    @Parity("SD-91") void setsComeByWeightAndEachTaskIsFollowedByAWait() throws Exception {
        STARTS.clear();
        try (var server = new TestServer()) {
            var environment = OneUser.run(Visitor.class, server.url(), _ -> {}, _ -> {}, false);
            var often = environment.stats().get("/often", "GET").numRequests();
            assertThat(often + environment.stats().get("/seldom", "GET").numRequests()).isEqualTo(TASKS);
            // Three of four, within seven standard deviations.
            assertThat(often).isBetween(240L, 360L);
        }
        var gaps = new ArrayList<Long>();
        for (int i = 1; i < TASKS; i++) gaps.add(STARTS.get(i) - STARTS.get(i - 1));
        assertThat(gaps).allMatch(nanos -> nanos >= 1_990_000);
    }
}
