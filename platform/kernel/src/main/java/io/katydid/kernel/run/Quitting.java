package io.katydid.kernel.run;

import io.katydid.api.KatydidException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/** Is the end of a runner, which comes once. */
final class Quitting {
    private final CountDownLatch done = new CountDownLatch(1);
    private final AtomicBoolean begun = new AtomicBoolean();
    private boolean later;

    /** Begins it; false when it has begun before. */
    boolean begin() { return begun.compareAndSet(false, true); }

    boolean hasBegun() { return begun.get(); }

    /** Says that it goes on when the stop under way has come to its end. In the turn. */
    void goesOnLater() {
        later = true;
    }

    /** Tells, once, that the stop was what it waited for. In the turn. */
    boolean goesOn() {
        boolean was = later;
        later = false;
        return was;
    }

    /** Refuses a test after the end. */
    void refuseAfterwards() {
        if (done.getCount() == 0) throw new KatydidException("The runner has quit. Make a new environment for another test.");
    }

    void end() {
        done.countDown();
    }

    void await() throws InterruptedException {
        done.await();
    }

    /** Waits for it, whoever does it. */
    void join() {
        try {
            await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
