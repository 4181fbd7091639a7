package io.katydid.kernel.event;

import io.katydid.api.Listener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches what request listeners cost, by each 16th call, and names the one that costs users their time. */
final class ListenerTimes {
    static final int EVERY = 16;
    private static final Logger LOG = LoggerFactory.getLogger("katydid.event");
    private static final long LIMIT_NANOS = 50_000;
    private static final int ENOUGH = 20;
    private final Map<Listener<?>, Sum> sums = new ConcurrentHashMap<>();

    private static final class Sum {
        private long nanos;
        private long calls;
        private boolean said;

        synchronized boolean add(long more) {
            nanos += more;
            calls++;
            if (said || calls < ENOUGH || nanos / calls <= LIMIT_NANOS) return false;
            said = true;
            return true;
        }
    }

    /** Forgets all listeners, so that those of a replaced script can go. */
    void clear() {
        sums.clear();
    }

    void add(Listener<?> listener, long nanos) {
        var sum = sums.computeIfAbsent(listener, _ -> new Sum());
        if (sum.add(nanos)) {
            LOG.warn(
                "The request listener {} takes {} µs on average, on the users' own threads. Keep what it needs and work elsewhere, or write a Reporter.",
                ListenerNames.of(listener), sum.nanos / sum.calls / 1000);
        }
    }
}
