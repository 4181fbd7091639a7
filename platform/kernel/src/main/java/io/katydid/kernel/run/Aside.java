package io.katydid.kernel.run;

import java.util.concurrent.atomic.AtomicBoolean;

/** Does something for those who cannot wait for it, such as a user for its own end; asked again meanwhile, it is not done twice. */
final class Aside {
    private final String thread;
    private final Runnable work;
    private final AtomicBoolean underWay = new AtomicBoolean();

    Aside(String thread, Runnable work) {
        this.thread = thread;
        this.work = work;
    }

    /** Begins, unless it is under way. */
    void begin() {
        begin(() -> {});
    }

    /** Begins, unless it is under way, after saying so: what is said comes before all that the work says. */
    void begin(Runnable say) {
        if (!underWay.compareAndSet(false, true)) return;
        say.run();
        Thread.ofPlatform().daemon().name(thread).start(() -> {
            try {
                work.run();
            } finally {
                underWay.set(false);
            }
        });
    }
}
