package io.katydid.cluster.report;

import io.katydid.kernel.stats.Delta;
import io.katydid.kernel.stats.TimeCounts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads an entry of a report. One that has our own fields is exact and must be right in every one; of another, the rounded times are all there is. */
final class EntryReader {
    private static final long DAY_NANOS = 24L * 3600 * 1_000_000_000L;
    private static final long SECOND = 1_000_000_000L;
    /** Bounds the sum of times of one report to 127 years. */
    private static final long MOST_NANOS = 4_000_000_000L * SECOND;
    private static final long MOST_BYTES = 1_000_000_000_000_000L;
    private final Fields fields;
    private final boolean exact;

    private EntryReader(Fields fields) {
        this.fields = fields;
        exact = fields.has(ReportData.SUM_NANOS);
    }

    static Delta.Entry entry(@Nullable Object value) throws NotCountable {
        var fields = Fields.of(value, "the entry");
        var name = fields.requiredText("name");
        var method = fields.text("method");
        if (name.equals(Delta.Entry.totalName()) && method.isEmpty()) throw new NotCountable("its name is the total's");
        var reader = new EntryReader(fields);
        return reader.exact ? reader.exact(name, method, times(fields, ReportData.HDR), times(fields, ReportData.HDR_FAILED))
            : reader.rounded(name, method);
    }

    /** Reads the total, whatever it is called; the histograms of an exact one are those of its entries. */
    static Delta.Entry total(@Nullable Object value, TimeCounts ok, TimeCounts failed) throws NotCountable {
        var reader = new EntryReader(Fields.of(value, "stats_total"));
        return reader.exact ? reader.exact(Delta.Entry.totalName(), "", ok, failed) : reader.rounded(Delta.Entry.totalName(), "");
    }

    private static TimeCounts times(Fields fields, String key) throws NotCountable {
        var value = fields.get(key);
        if (value == null) return TimeCounts.NONE;
        if (!(value instanceof byte[] encoded)) throw new NotCountable(key + " is " + Fields.shown(value));
        try {
            return TimeCounts.decode(encoded);
        } catch (IllegalArgumentException problem) {
            throw new NotCountable(key + ": " + problem.getMessage());
        }
    }

    private Delta.Entry exact(String name, String method, TimeCounts ok, TimeCounts failed) throws NotCountable {
        long timed = timed();
        var responseTimes = fields.counts("response_times", Fields.LONGEST_MILLIS);
        same("its histograms have", ok.count() + failed.count(), timed);
        same("response_times has", sum(responseTimes), timed);
        long last = fields.has(ReportData.LAST_NANOS) ? fields.nanos(ReportData.LAST_NANOS) : Long.MIN_VALUE;
        double least = timed == 0 ? Double.POSITIVE_INFINITY : fields.decimal("min_response_time", Fields.LONGEST_MILLIS);
        return entry(name, method, fields.count(ReportData.SUM_NANOS, MOST_NANOS), least, fields.nanos(ReportData.START_NANOS), last,
            responseTimes, ok, failed);
    }

    private Delta.Entry rounded(String name, String method) throws NotCountable {
        timed();
        var responseTimes = fields.counts("response_times", Fields.LONGEST_MILLIS);
        long sum = Math.round(fields.decimal("total_response_time", MOST_NANOS / 1e6) * 1e6);
        double least = Double.POSITIVE_INFINITY;
        if (fields.has("min_response_time") && !responseTimes.isEmpty())
            least = fields.decimal("min_response_time", Fields.LONGEST_MILLIS);
        else
            for (long millis : responseTimes.keySet()) least = Math.min(least, millis);
        return entry(name, method, Math.min(sum, MOST_NANOS), least, fields.seconds("start_time", Long.MAX_VALUE),
            fields.seconds("last_request_timestamp", Long.MIN_VALUE), responseTimes, TimeCounts.ofRounded(responseTimes), TimeCounts.NONE);
    }

    private long timed() throws NotCountable {
        long requests = fields.count("num_requests", Fields.MOST);
        // The first boomers do not know the field.
        long untimed = fields.has("num_none_requests") ? fields.count("num_none_requests", Fields.MOST) : 0;
        if (untimed > requests) throw new NotCountable("num_none_requests is " + untimed + " of " + requests);
        return requests - untimed;
    }

    private Delta.Entry entry(String name, String method, long sumNanos, double least, long start, long last, Map<Long, Long> responseTimes,
        TimeCounts ok, TimeCounts failed) throws NotCountable {
        long requests = fields.count("num_requests", Fields.MOST);
        var perSecond = fields.counts("num_reqs_per_sec", Fields.LATEST_SECOND);
        var failedPerSecond = fields.counts("num_fail_per_sec", Fields.LATEST_SECOND);
        long latest = last == Long.MIN_VALUE ? latest(perSecond, failedPerSecond) : last;
        withinADay("num_reqs_per_sec", perSecond, latest);
        withinADay("num_fail_per_sec", failedPerSecond, latest);
        return new Delta.Entry(name, method, requests, fields.count("num_failures", Fields.MOST), requests - timed(),
            fields.count("total_content_length", MOST_BYTES), sumNanos, least,
            fields.decimal("max_response_time", Fields.LONGEST_MILLIS), plausible(start, latest), last, responseTimes, perSecond,
            failedPerSecond, ok, failed, !exact);
    }

    private static long latest(Map<Long, Long> perSecond, Map<Long, Long> failedPerSecond) {
        long latest = 0;
        for (long second : perSecond.keySet()) latest = Math.max(latest, second);
        for (long second : failedPerSecond.keySet()) latest = Math.max(latest, second);
        return latest * SECOND;
    }

    /** A second far from the others would cost memory for all between. */
    private static void withinADay(String key, Map<Long, Long> perSecond, long latest) throws NotCountable {
        for (long second : perSecond.keySet()) {
            if (Math.abs(second * SECOND - latest) > DAY_NANOS)
                throw new NotCountable(key + " has a second more than a day from its last request");
        }
    }

    /** A start far from the last request says nothing of this report, and would spoil the rates of the whole run. */
    private static long plausible(long start, long latest) {
        return Math.abs(start - latest) > DAY_NANOS ? Long.MAX_VALUE : start;
    }

    private static long sum(Map<Long, Long> counts) {
        long sum = 0;
        for (long count : counts.values()) sum += count;
        return sum;
    }

    private static void same(String what, long has, long expected) throws NotCountable {
        if (has != expected) throw new NotCountable(what + " " + has + " values for " + expected + " timed requests");
    }
}
