package io.katydid.cluster.report;

import io.katydid.kernel.stats.Delta;
import io.katydid.kernel.stats.TimeCounts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the reports of one worker, of any maker. What cannot be counted is left out, and the first such thing is said in one line of the log; nothing a worker
 * sends makes this throw. One thread at a time.
 *
 * <p>Of a worker with our own fields everything is exact. Of another the rounded times are all there is: each counts in the histogram of successes at its
 * bucket's value, and the entry is coarse.
 *
 * <p>Times are taken as the worker has them, as the reference does, plus the offset the caller knows. Only when a report then ends more than five minutes from
 * now are its times moved so that it ends now, and those of later ones as far: the rates of a whole run depend on the latest request of all. Times more than a
 * day from now even then are left out.
 */
public final class ReportReader {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.cluster");
    private static final int MOST_ENTRIES = 100_000;
    private static final int MOST_ERRORS = 10_000;
    private final String worker;
    private final WorkerClock clock;
    private boolean said;

    /** Makes a reader of the worker with this id. */
    public ReportReader(String worker) {
        this.worker = worker;
        clock = new WorkerClock(worker);
    }

    /**
     * Reads the data of a {@code stats} message.
     *
     * @param data what came
     * @param offsetNanos how far this process's clock is ahead of the worker's; 0 when nobody knows
     * @param now the time here
     * @return the report; empty when nothing in it can be counted
     */
    public Optional<Report> read(@Nullable Object data, long offsetNanos, Instant now) {
        try {
            var fields = Fields.of(data, "the report");
            var entries = entries(fields);
            var delta = new Delta(numberOrZero(fields, ReportData.START_NANOS), numberOrZero(fields, ReportData.GENERATION), entries,
                total(fields, entries), errors(fields), cancelled(fields));
            var users = users(fields);
            return Optional.of(new Report(clock.here(delta, offsetNanos, now), users, userCount(fields, users), mark(fields)));
        } catch (NotCountable problem) {
            leftOut("It", problem);
            return Optional.empty();
        }
    }

    private List<Delta.Entry> entries(Fields fields) throws NotCountable {
        var entries = new ArrayList<Delta.Entry>();
        for (var each : list(fields, "stats")) {
            try {
                var entry = EntryReader.entry(each);
                if (!entry.isEmpty()) entries.add(entry);
            } catch (NotCountable problem) {
                leftOut("An entry" + named(each), problem);
            }
        }
        return entries;
    }

    private static List<?> list(Fields fields, String key) throws NotCountable {
        if (!(fields.get(key) instanceof List<?> list))
            throw new NotCountable(key + " is " + Fields.shown(fields.get(key)) + ", not a list");
        if (list.size() > MOST_ENTRIES) throw new NotCountable(key + " has " + list.size() + " entries, more than " + MOST_ENTRIES);
        return list;
    }

    private Delta.Entry total(Fields fields, List<Delta.Entry> entries) {
        var ok = TimeCounts.sum(entries.stream().map(Delta.Entry::ok).toList());
        var failed = TimeCounts.sum(entries.stream().map(Delta.Entry::failed).toList());
        try {
            return EntryReader.total(fields.get("stats_total"), ok, failed);
        } catch (NotCountable problem) {
            leftOut("The total, for which its entries are added up,", problem);
            return Delta.Entry.total(entries);
        }
    }

    private List<Delta.Failure> errors(Fields fields) {
        var errors = new ArrayList<Delta.Failure>();
        try {
            if (!(fields.get("errors") instanceof Map<?, ?> rows))
                throw new NotCountable("errors is " + Fields.shown(fields.get("errors")) + ", not a map");
            if (rows.size() > MOST_ERRORS) throw new NotCountable("errors has " + rows.size() + " rows, more than " + MOST_ERRORS);
            for (var row : rows.values()) {
                try {
                    errors.add(FailureReader.failure(row));
                } catch (NotCountable problem) {
                    leftOut("An error" + named(row), problem);
                }
            }
        } catch (NotCountable problem) {
            leftOut("Its errors", problem);
        }
        return errors;
    }

    /** The first boomers count no classes. */
    private Map<String, Integer> users(Fields fields) {
        var users = new LinkedHashMap<String, Integer>();
        named(fields, "user_classes_count").forEach((name, count) -> users.put(name, count.intValue()));
        return users;
    }

    /** Only ours say it. */
    private Map<String, Long> cancelled(Fields fields) { return named(fields, ReportData.CANCELLED); }

    private Map<String, Long> named(Fields fields, String key) {
        try {
            return fields.named(key);
        } catch (NotCountable problem) {
            leftOut("It", problem);
            return Map.of();
        }
    }

    private int userCount(Fields fields, Map<String, Integer> users) {
        if (fields.has("user_count")) {
            try {
                return (int) fields.count("user_count", Fields.MOST);
            } catch (NotCountable problem) {
                leftOut("Its number of users", problem);
            }
        }
        return (int) Math.min(Fields.MOST, users.values().stream().mapToLong(Integer::intValue).sum());
    }

    private Optional<Mark> mark(Fields fields) {
        if (!fields.has(ReportData.EPOCH)) return Optional.empty();
        try {
            return Optional
                .of(new Mark(fields.number(ReportData.EPOCH), fields.number(ReportData.SEQUENCE), fields.number(ReportData.RUN)));
        } catch (NotCountable problem) {
            leftOut("Its number", problem);
            return Optional.empty();
        }
    }

    private static long numberOrZero(Fields fields, String key) {
        return fields.get(key) instanceof Long number && number >= 0 && number <= Fields.LATEST_NANOS ? number : 0;
    }

    private static String named(@Nullable Object entry) {
        return entry instanceof Map<?, ?> map && map.get("name") instanceof String name ? " of " + Fields.shown(name) : "";
    }

    private void leftOut(String what, NotCountable problem) {
        if (said) return;
        said = true;
        LOG.warn(
            "Worker {} sent statistics that cannot be counted: {}. {} is left out, and so is the like from now on, without another line. See what"
                + " the worker runs, and its version.",
            worker, problem.getMessage(), what);
    }
}
