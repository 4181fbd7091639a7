package io.katydid.kernel.event;

import io.katydid.api.Listener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs each distinct exception of a listener once, then counts: one broken listener must not write 100,000 lines a second. */
final class ListenerFailures {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.event");
    private final Map<String, AtomicLong> counts = new ConcurrentHashMap<>();
    private volatile boolean any;

    boolean any() { return any; }

    void add(Listener<?> listener, Throwable problem) {
        any = true;
        var name = ListenerNames.of(listener);
        var seen = counts.computeIfAbsent(name + " " + problem.getClass().getName(), _ -> new AtomicLong())
            .incrementAndGet();
        if (seen == 1)
            LOG.error("Uncaught exception in event handler {} (further ones of this kind are only counted): {}",
                name, problem, problem);
    }

    /** Says how many were only counted. */
    void summarise() {
        counts.forEach((what, count) -> {
            if (count.get() > 1) LOG.warn("An event handler failed {} times: {}", count.get(), what);
        });
    }
}
