package io.katydid.kernel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Is loaded once, so that all copies of {@link Walker} speak to the test. */
public final class Feed {
    static final List<String> SEEN = new CopyOnWriteArrayList<>();
    static final AtomicInteger STOPPED = new AtomicInteger();

    private Feed() {}

    /** Takes in that a task ran. */
    public static void seen(ClassLoader loader) {
        SEEN.add(String.valueOf(loader.getName()));
    }

    /** Takes in that a user has stopped. */
    public static void stopped() {
        STOPPED.incrementAndGet();
    }
}
