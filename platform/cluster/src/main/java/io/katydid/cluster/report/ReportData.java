package io.katydid.cluster.report;

import io.katydid.kernel.stats.Delta;
import io.katydid.kernel.stats.TimeCounts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes what is new as the data of a {@code stats} message: the reference's fields in the reference's order, and behind them our own, which other masters
 * pass over. Times are seconds of the epoch and milliseconds there, nanoseconds in ours.
 */
public final class ReportData {
    static final String EPOCH = "epoch";
    static final String SEQUENCE = "sequence";
    static final String RUN = "run";
    static final String GENERATION = "generation";
    static final String CANCELLED = "cancelled";
    static final String START_NANOS = "start_nanos";
    static final String LAST_NANOS = "last_nanos";
    static final String FIRST_NANOS = "first_nanos";
    static final String SUM_NANOS = "sum_nanos";
    static final String HDR = "hdr";
    static final String HDR_FAILED = "hdr_failed";

    private ReportData() {}

    /** Gives the data of one report; the map may be added to. */
    public static Map<String, @Nullable Object> of(Delta delta, Map<String, Integer> userClassesCount, Mark mark) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        var stats = new ArrayList<Map<String, @Nullable Object>>();
        for (var entry : delta.entries()) stats.add(withTimes(entry));
        data.put("stats", stats);
        // Its histograms are the sum of the entries'.
        data.put("stats_total", entry(delta.total()));
        data.put("errors", errors(delta.errors()));
        var users = new LinkedHashMap<String, Long>();
        userClassesCount.forEach((name, count) -> users.put(name, (long) count));
        data.put("user_classes_count", users);
        data.put("user_count", users.values().stream().mapToLong(Long::longValue).sum());
        data.put(EPOCH, mark.epoch());
        data.put(SEQUENCE, mark.sequence());
        data.put(RUN, mark.run());
        data.put(GENERATION, delta.generation());
        data.put(START_NANOS, delta.startNanos());
        data.put(CANCELLED, delta.cancelled());
        return data;
    }

    private static Map<String, @Nullable Object> withTimes(Delta.Entry entry) {
        var fields = entry(entry);
        put(fields, HDR, entry.ok());
        put(fields, HDR_FAILED, entry.failed());
        return fields;
    }

    private static void put(Map<String, @Nullable Object> fields, String key, TimeCounts times) {
        if (times.count() > 0) fields.put(key, times.encoded());
    }

    private static Map<String, @Nullable Object> entry(Delta.Entry entry) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        fields.put("name", entry.name());
        fields.put("method", entry.method());
        fields.put("last_request_timestamp", entry.lastNanos() == Long.MIN_VALUE ? null : (Object) (entry.lastNanos() / 1e9));
        fields.put("start_time", entry.startNanos() / 1e9);
        fields.put("num_requests", entry.requests());
        fields.put("num_none_requests", entry.untimed());
        fields.put("num_failures", entry.failures());
        fields.put("total_response_time", entry.sumNanos() / 1e6);
        fields.put("max_response_time", entry.maxMillis());
        fields.put("min_response_time", Double.isInfinite(entry.minMillis()) ? null : (Object) entry.minMillis());
        fields.put("total_content_length", entry.bytes());
        fields.put("response_times", entry.responseTimes());
        fields.put("num_reqs_per_sec", entry.requestsPerSecond());
        fields.put("num_fail_per_sec", entry.failuresPerSecond());
        if (entry.lastNanos() != Long.MIN_VALUE) fields.put(LAST_NANOS, entry.lastNanos());
        fields.put(START_NANOS, entry.startNanos());
        fields.put(SUM_NANOS, entry.sumNanos());
        return fields;
    }

    private static Map<String, Map<String, @Nullable Object>> errors(List<Delta.Failure> failures) {
        var errors = new LinkedHashMap<String, Map<String, @Nullable Object>>();
        for (var failure : failures) {
            var fields = new LinkedHashMap<String, @Nullable Object>();
            fields.put("method", failure.method());
            fields.put("name", failure.name());
            fields.put("error", failure.error());
            fields.put("occurrences", failure.occurrences());
            fields.put("first_seen", failure.firstNanos() / 1e9);
            fields.put("last_seen", failure.lastNanos() / 1e9);
            fields.put(FIRST_NANOS, failure.firstNanos());
            fields.put(LAST_NANOS, failure.lastNanos());
            errors.put(ErrorKey.of(failure.method(), failure.name(), failure.error()), fields);
        }
        return errors;
    }
}
