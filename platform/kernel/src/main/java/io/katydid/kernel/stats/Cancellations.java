package io.katydid.kernel.stats;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts requests that the end of the drain cut off, by method and name. Any thread: they are few, and come when nothing is measured any more. */
final class Cancellations {
    private static final int MOST_REPORTED = 10_000;
    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, Long> reported = new HashMap<>();

    synchronized void add(String method, String name) {
        counts.merge(method + " " + name, 1L, Long::sum);
    }

    /** Adds what workers report; beyond a limit of names, under one. */
    synchronized void add(Map<String, Long> more) {
        more.forEach((key, count) -> counts.merge(counts.size() < MOST_REPORTED || counts.containsKey(key) ? key : Interval.OTHER, count,
            Long::sum));
    }

    /** Gives what is new since the last call or {@link #clear}. */
    synchronized Map<String, Long> unreported() {
        var fresh = new TreeMap<String, Long>();
        counts.forEach((key, count) -> {
            long before = reported.getOrDefault(key, 0L);
            if (count > before) fresh.put(key, count - before);
        });
        reported.putAll(counts);
        return fresh;
    }

    synchronized Map<String, Long> counts() { return new TreeMap<>(counts); }

    synchronized void clear() {
        counts.clear();
        reported.clear();
    }
}
