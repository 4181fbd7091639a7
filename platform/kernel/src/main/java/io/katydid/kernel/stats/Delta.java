package io.katydid.kernel.stats;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Is what came new since the last report, exact: what {@link Statistics#report} of a worker hands over and {@link Statistics#merge} of its master takes.
 *
 * @param startNanos when it began, in nanoseconds of the epoch
 * @param generation how often the statistics were cleared or reset before; deltas of different generations do not add up to one run
 * @param entries what is new per name and method; none is empty
 * @param total what is new in all
 * @param errors what is new in the failure table
 * @param cancelled how many requests the end of the drain cut off, by method and name with a space between
 */
public record Delta(long startNanos, long generation, List<Entry> entries, Entry total, List<Failure> errors, Map<String, Long> cancelled) {

    /** Says that nothing is new. */
    public boolean isEmpty() {
        return entries.isEmpty() && errors.isEmpty() && cancelled.isEmpty() && total.isEmpty();
    }

    /** Gives the end of the last request, in nanoseconds of the epoch; {@link Long#MIN_VALUE} without any. */
    public long lastNanos() {
        long last = total.lastNanos();
        for (var entry : entries) last = Math.max(last, entry.lastNanos());
        return last;
    }

    /** Gives the same on a clock that is so many nanoseconds ahead; counts per second move by whole seconds. */
    public Delta shifted(long nanos) {
        if (nanos == 0) return this;
        return new Delta(startNanos + nanos, generation, entries.stream().map(entry -> entry.shifted(nanos)).toList(), total.shifted(nanos),
            errors.stream().map(failure -> failure.shifted(nanos)).toList(), cancelled);
    }

    /** Gives the same without times outside of these, in nanoseconds of the epoch: counts of seconds there are left out, and all else there is unknown. */
    public Delta within(long from, long to) {
        return new Delta(startNanos, generation, entries.stream().map(entry -> entry.within(from, to)).toList(), total.within(from, to),
            errors.stream().map(failure -> failure.within(from, to)).toList(), cancelled);
    }

    private static boolean isWithin(long time, long from, long to) { return time >= from && time <= to; }

    /**
     * Is what came new of one name and method. {@code coarse} says that it is known in rounded times only, so that the histogram has each of them at its
     * bucket's value.
     *
     * @param name the name; of the total, {@code Aggregated}
     * @param method the method; of the total, ""
     * @param requests how many requests there were, failed ones too
     * @param failures how many failed
     * @param untimed how many were counted and not timed
     * @param bytes how many bytes came
     * @param sumNanos the sum of the times
     * @param minMillis the least time; infinite without any
     * @param maxMillis the greatest time
     * @param startNanos when it began, in nanoseconds of the epoch; {@link Long#MAX_VALUE} when nobody knows
     * @param lastNanos when the last request ended; {@link Long#MIN_VALUE} without any
     * @param responseTimes the count of each rounded time in milliseconds
     * @param requestsPerSecond requests by second of the epoch
     * @param failuresPerSecond failures by second of the epoch
     * @param ok the times of successes
     * @param failed the times of failures
     * @param coarse whether only rounded times are known
     */
    public record Entry(String name, String method, long requests, long failures, long untimed, long bytes, long sumNanos, double minMillis,
        double maxMillis, long startNanos, long lastNanos, Map<Long, Long> responseTimes, Map<Long, Long> requestsPerSecond,
        Map<Long, Long> failuresPerSecond, TimeCounts ok, TimeCounts failed, boolean coarse) {

        static Entry of(Cell cell, long startNanos) {
            return new Entry(cell.key.name(), cell.key.method(), cell.requests, cell.failures, cell.none, cell.bytes, cell.sumNanos,
                cell.minMillis, cell.maxMillis, startNanos, cell.lastNanos, cell.buckets.map(), cell.requestsPerSecond.map(),
                cell.failuresPerSecond.map(), cell.ok == null ? TimeCounts.NONE : TimeCounts.of(cell.ok),
                cell.failed == null ? TimeCounts.NONE : TimeCounts.of(cell.failed), false);
        }

        /** Gives the total of some entries. */
        public static Entry total(List<Entry> entries) {
            var total = of(new Cell(Totals.ALL), Long.MAX_VALUE);
            for (var entry : entries) total = total.plus(entry);
            return total;
        }

        /** Says that there was neither a request nor a failure. */
        public boolean isEmpty() { return requests == 0 && failures == 0; }

        /** Gives the name the total has. */
        public static String totalName() { return EntryData.AGGREGATED; }

        Key key() { return new Key(name, method); }

        Entry plus(Entry other) {
            return new Entry(name, method, requests + other.requests, failures + other.failures, untimed + other.untimed,
                bytes + other.bytes, sumNanos + other.sumNanos, Math.min(minMillis, other.minMillis), Math.max(maxMillis, other.maxMillis),
                Math.min(startNanos, other.startNanos), Math.max(lastNanos, other.lastNanos), sum(responseTimes, other.responseTimes),
                sum(requestsPerSecond, other.requestsPerSecond), sum(failuresPerSecond, other.failuresPerSecond), ok.plus(other.ok),
                failed.plus(other.failed), coarse || other.coarse);
        }

        private static Map<Long, Long> sum(Map<Long, Long> one, Map<Long, Long> other) {
            var sum = new TreeMap<>(one);
            other.forEach((value, count) -> sum.merge(value, count, Long::sum));
            return sum;
        }

        Entry shifted(long nanos) {
            return new Entry(name, method, requests, failures, untimed, bytes, sumNanos, minMillis, maxMillis,
                startNanos == Long.MAX_VALUE ? startNanos : startNanos + nanos, lastNanos == Long.MIN_VALUE ? lastNanos : lastNanos + nanos,
                responseTimes, moved(requestsPerSecond, nanos), moved(failuresPerSecond, nanos), ok, failed, coarse);
        }

        private Entry within(long from, long to) {
            return new Entry(name, method, requests, failures, untimed, bytes, sumNanos, minMillis, maxMillis,
                isWithin(startNanos, from, to) ? startNanos : Long.MAX_VALUE, isWithin(lastNanos, from, to) ? lastNanos : Long.MIN_VALUE,
                responseTimes, secondsWithin(requestsPerSecond, from, to), secondsWithin(failuresPerSecond, from, to), ok, failed, coarse);
        }

        private static Map<Long, Long> secondsWithin(Map<Long, Long> perSecond, long from, long to) {
            var within = new TreeMap<>(perSecond);
            within.keySet().removeIf(second -> !isWithin(second, from / 1_000_000_000L, to / 1_000_000_000L));
            return within;
        }

        private static Map<Long, Long> moved(Map<Long, Long> perSecond, long nanos) {
            long seconds = Math.floorDiv(nanos + 500_000_000L, 1_000_000_000L);
            var moved = new TreeMap<Long, Long>();
            perSecond.forEach((second, count) -> moved.put(second + seconds, count));
            return moved;
        }
    }

    /**
     * Is what came new in one row of the failure table.
     *
     * @param method the request's method
     * @param name the request's name
     * @param error the text
     * @param occurrences how often
     * @param firstNanos when first, in nanoseconds of the epoch; {@link Long#MAX_VALUE} when nobody knows
     * @param lastNanos when last; {@link Long#MIN_VALUE} when nobody knows
     */
    public record Failure(String method, String name, String error, long occurrences, long firstNanos, long lastNanos) {

        Failure shifted(long nanos) {
            return new Failure(method, name, error, occurrences, firstNanos == Long.MAX_VALUE ? firstNanos : firstNanos + nanos,
                lastNanos == Long.MIN_VALUE ? lastNanos : lastNanos + nanos);
        }

        private Failure within(long from, long to) {
            return new Failure(method, name, error, occurrences, isWithin(firstNanos, from, to) ? firstNanos : Long.MAX_VALUE,
                isWithin(lastNanos, from, to) ? lastNanos : Long.MIN_VALUE);
        }
    }

    /** Gives the counts of each entry, and of the total. */
    public List<Tally> tallies() {
        var tallies = new ArrayList<Tally>();
        for (var entry : entries) tallies.add(Tally.of(entry));
        tallies.add(Tally.of(total));
        return tallies;
    }
}
