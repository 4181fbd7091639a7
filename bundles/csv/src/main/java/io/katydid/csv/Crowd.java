package io.katydid.csv;

import io.katydid.api.Environment;
import io.katydid.api.Runner;
import io.katydid.api.User;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Counts the users of each class when lines are written, which is every second, and not more often than each half second. When none is left the last count stays:
 * the requests that are written then were made by those users. One thread at a time.
 */
final class Crowd {
    private static final long PERIOD = TimeUnit.MILLISECONDS.toNanos(500);
    private final Runner runner;
    private Map<String, Long> counts = Map.of();
    private long all;
    private long countedNanos = System.nanoTime() - PERIOD;

    Crowd(Environment environment) {
        runner = environment.runner();
    }

    /** Gives the users of a class; 1 at least, for one of them asks, and 0 for no class. */
    long of(String userClass) {
        count();
        return userClass.isEmpty() ? 0 : Math.max(1, counts.getOrDefault(userClass, 0L));
    }

    /** Gives all users, among them those of this class. */
    long all(String userClass) { return Math.max(of(userClass), all); }

    private void count() {
        if (System.nanoTime() - countedNanos < PERIOD) return;
        countedNanos = System.nanoTime();
        var users = runner.users();
        if (users.isEmpty()) return;
        counts = users.stream().map(User::userClass).collect(Collectors.groupingBy(type -> type.name(), Collectors.counting()));
        all = users.size();
    }
}
