package io.katydid.carrier;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * Runs what comes to a loop that has ended. A virtual thread that lives longer than its loop, such as a child some user left behind, would else never
 * run again, silently, with all it holds; here it goes on, on a platform thread as the JDK demands, and is on no loop.
 */
final class Afterlife {

    private Afterlife() {}

    static void run(Runnable task) {
        ForkJoinPool.commonPool().execute(task);
    }

    static void runLater(WheelTimer timer) {
        ForkJoinPool.commonPool().schedule(timer::expire, timer.getDelay(TimeUnit.NANOSECONDS), TimeUnit.NANOSECONDS);
    }
}
