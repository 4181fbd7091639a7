package shop;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends what blocks: whoever waits for it blocks until a test opens it, so no test depends on how long something takes. */
public final class Gate {
    private static final long MOST_SECONDS = 20;
    private final long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(MOST_SECONDS);
    private final CountDownLatch opened = new CountDownLatch(1);

    /** Opens it. */
    public void open() {
        opened.countDown();
    }

    boolean isOpen() { return opened.getCount() == 0 || System.nanoTime() - endNanos > 0; }

    /** Does something on a thread of its own once it is open. */
    void then(Step step) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                opened.await(MOST_SECONDS, TimeUnit.SECONDS);
                step.run();
            } catch (Exception problem) {
                throw new AssertionError(problem);
            }
        });
    }

    interface Step { void run() throws Exception; }
}
