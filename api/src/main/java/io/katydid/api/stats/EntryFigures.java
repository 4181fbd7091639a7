package io.katydid.api.stats;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names the figures of an entry as the reference does where it shows them live.
 */
final class EntryFigures {
    private static final List<Double> PERCENTILES = List.of(0.95, 0.99);

    private EntryFigures() {
    }

    static Map<String, Object> of(EntrySnapshot entry) {
        var map = new LinkedHashMap<String, Object>();
        map.put("method", entry.method());
        map.put("name", entry.name());
        map.put("num_requests", entry.numRequests());
        map.put("num_failures", entry.numFailures());
        map.put("min_response_time", Math.round(entry.minResponseTime()));
        map.put("max_response_time", Math.round(entry.maxResponseTime()));
        map.put("current_rps", entry.currentRps());
        map.put("current_fail_per_sec", entry.currentFailPerSec());
        map.put("avg_response_time", entry.avgResponseTime());
        map.put("median_response_time", entry.medianResponseTime());
        map.put("total_rps", entry.totalRps());
        map.put("total_fail_per_sec", entry.totalFailPerSec());
        for (double p : PERCENTILES)
            map.put("response_time_percentile_" + p, entry.responseTimePercentile(p));
        map.put("avg_content_length", entry.avgContentLength());
        return Collections.unmodifiableMap(map);
    }
}
