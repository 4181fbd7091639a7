package io.katydid.transactions;

import io.katydid.api.stats.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Sums up the transactions of one name: exact, and no larger than there are different milliseconds. */
final class Durations {
    static final List<String> HEADING = heading();
    private static final double HALF = 0.5;
    private final NavigableMap<Long, Long> counts = new TreeMap<>();
    private long number;
    private long failures;
    private long sum;

    void add(Transaction transaction) {
        counts.merge(transaction.millis(), 1L, Long::sum);
        number++;
        sum += transaction.millis();
        if (!transaction.success()) failures++;
    }

    private static List<String> heading() {
        var all = new ArrayList<>(List.of("Type", "Name", "Request Count", "Failure Count", "Median Response Time", "Average Response Time",
            "Min Response Time", "Max Response Time"));
        Percentiles.TO_REPORT.forEach(p -> all.add(Percentiles.label(p)));
        return List.copyOf(all);
    }

    List<String> row(String name) {
        var all = new ArrayList<String>();
        all.add("Transaction");
        all.add(Table.safe(name));
        for (long value : new long[]{number, failures, at((long) (HALF * number)), (long) Math.rint((double) sum / number),
            counts.firstKey(),
            counts.lastKey()}) all.add(Long.toString(value));
        Percentiles.TO_REPORT.forEach(p -> all.add(Long.toString(at(Math.max(0, (long) (p * number) - 1)))));
        return all;
    }

    /** Gives the duration at this place of all in order, as the reference picks it. */
    private long at(long index) {
        long seen = 0;
        for (var entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen > index) return entry.getKey();
        }
        return counts.lastKey();
    }
}
