package io.katydid.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the data of a foreign worker's {@code stats} messages. */
final class Stats {

    private Stats() {}

    /** Reports requests that took 100 ms each, and the users of the class Idle. */
    static Map<String, @Nullable Object> of(String name, long requests, long users) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("stats", requests == 0 ? List.of() : List.of(entry(name, "GET", requests)));
        data.put("stats_total", entry("Aggregated", "", requests));
        data.put("errors", Map.of());
        data.put("user_classes_count", Map.of("Idle", users));
        data.put("user_count", users);
        return data;
    }

    private static Map<String, @Nullable Object> entry(String name, String method, long requests) {
        long now = System.currentTimeMillis() / 1000;
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("name", name);
        entry.put("method", method);
        entry.put("last_request_timestamp", (double) now);
        entry.put("start_time", (double) now);
        entry.put("num_requests", requests);
        entry.put("num_none_requests", 0L);
        entry.put("num_failures", 0L);
        entry.put("total_response_time", 100.0 * requests);
        entry.put("max_response_time", 100.0);
        entry.put("min_response_time", 100.0);
        entry.put("total_content_length", 0L);
        entry.put("response_times", Map.of(100L, requests));
        entry.put("num_reqs_per_sec", Map.of(now, requests));
        entry.put("num_fail_per_sec", Map.of());
        return entry;
    }
}
