package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.launcher.Katydid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Measures how long a test waits for the platform: from nothing until a user is there. The figure is printed and never judged; it is to stay below 300 ms. */
class StartTimeTest {
    private static final int WARM_UPS = 5;
    private static final int STARTS = 20;

    static final class Sleeper extends User {
        @Task void rest() { sleep(1); }
    }

    @Test void theTimeOfAStartIsPrinted() throws Exception {
        long first = start();
        for (int i = 1; i < WARM_UPS; i++) start();
        var times = new ArrayList<Long>();
        for (int i = 0; i < STARTS; i++) times.add(start());
        Collections.sort(times);
        System.out.printf("start of the embedded platform until a user is there: first %.0f ms, warm median %.1f ms, worst of %d %.1f ms%n",
            millis(first), millis(times.get(STARTS / 2)), STARTS, millis(times.getLast()));
    }

    private static long start() throws Exception {
        long begin = System.nanoTime();
        try (var katydid = EmbeddedKatydid.open(Katydid.environment(Sleeper.class))) {
            katydid.start(1);
            long took = System.nanoTime() - begin;
            assertThat(katydid.userCounts()).containsEntry("Sleeper", 1);
            return took;
        }
    }

    private static double millis(long nanos) { return nanos / (double) TimeUnit.MILLISECONDS.toNanos(1); }
}
