package io.katydid.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes the data of a foreign worker's {@code stats} messages. */
final class Stats {
    private final Map<String, List<@Nullable Long>> entries = new LinkedHashMap<>();

    /** Reports requests that took 100 ms each, and the users of the class Idle. */
    static Map<String, @Nullable Object> of(String name, int requests, long users) {
        return new Stats().with(name, Collections.nCopies(requests, 100L).toArray(Long[]::new)).report(users);
    }

    /** Adds requests to a name, each with its milliseconds, or null when it has none. */
    Stats with(String name, @Nullable Long... millis) {
        entries.put(name, Arrays.asList(millis));
        return this;
    }

    /** Gives the data, with the users of the class Idle. */
    Map<String, @Nullable Object> report(long users) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        var all = new ArrayList<@Nullable Long>();
        entries.values().forEach(all::addAll);
        data.put("stats", entries.entrySet().stream().map(entry -> entry(entry.getKey(), "GET", entry.getValue())).toList());
        data.put("stats_total", entry("Aggregated", "", all));
        data.put("errors", Map.of());
        data.put("user_classes_count", Map.of("Idle", users));
        data.put("user_count", users);
        return data;
    }

    private static Map<String, @Nullable Object> entry(String name, String method, List<@Nullable Long> millis) {
        long now = System.currentTimeMillis() / 1000;
        var timed = millis.stream().filter(Objects::nonNull).sorted().toList();
        var times = new TreeMap<Long, Long>();
        timed.forEach(time -> times.merge(time, 1L, Long::sum));
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("name", name);
        entry.put("method", method);
        entry.put("last_request_timestamp", (double) now);
        entry.put("start_time", (double) now);
        entry.put("num_requests", (long) millis.size());
        entry.put("num_none_requests", (long) millis.size() - timed.size());
        entry.put("num_failures", 0L);
        entry.put("total_response_time", timed.stream().mapToDouble(Long::doubleValue).sum());
        entry.put("max_response_time", timed.isEmpty() ? 0.0 : (double) timed.getLast());
        entry.put("min_response_time", timed.isEmpty() ? null : (Object) (double) timed.getFirst());
        entry.put("total_content_length", 0L);
        entry.put("response_times", times);
        entry.put("num_reqs_per_sec", millis.isEmpty() ? Map.of() : Map.of(now, (long) millis.size()));
        entry.put("num_fail_per_sec", Map.of());
        return entry;
    }
}
