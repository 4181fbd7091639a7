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
    private static final int WINDOW = 20;
    private final Map<Listener<?>, Times> times = new ConcurrentHashMap<>();

    /** Averages windows of calls without the slowest of each: that one may have been a pause of the machine. Two windows in a row have to be too slow. */
    private static final class Times {
        private long sum;
        private long slowest;
        private int calls;
        private int slowWindows;
        private boolean said;

        /** Gives the average when it is to be said, otherwise 0. */
        synchronized long add(long nanos) {
            if (said) return 0;
            sum += nanos;
            slowest = Math.max(slowest, nanos);
            if (++calls < WINDOW) return 0;
            long average = (sum - slowest) / (WINDOW - 1);
            slowWindows = average > LIMIT_NANOS ? slowWindows + 1 : 0;
            sum = 0;
            slowest = 0;
            calls = 0;
            said = slowWindows == 2;
            return said ? average : 0;
        }
    }

    /** Forgets all listeners, so that those of a replaced script can go. */
    void clear() {
        times.clear();
    }

    void add(Listener<?> listener, long nanos) {
        long average = times.computeIfAbsent(listener, _ -> new Times()).add(nanos);
        if (average > 0) {
            LOG.warn(
                "The request listener {} takes {} µs on average, on the users' own threads. Keep what it needs and work elsewhere, or write a Reporter.",
                ListenerNames.of(listener), average / 1000);
        }
    }
}
