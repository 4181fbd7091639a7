package io.katydid.cluster.report;

import java.util.TreeSet;

/** Follows the numbers of one worker's reports: says which came before, and how many did not come. One thread at a time. */
public final class Sequence {
    private static final int MOST_MISSING = 1000;
    private final TreeSet<Long> missing = new TreeSet<>();
    private long epoch = Long.MIN_VALUE;
    private long last;

    /** Says what a report is. */
    public sealed interface Arrival {}

    /** Is a report not seen before: the next, or one that was missing. */
    public record New() implements Arrival {}

    /** Is a report counted already, or of an epoch that is over; it must not be counted. */
    public record Duplicate() implements Arrival {}

    /**
     * Is a report not seen before, too.
     *
     * @param missing how many before it did not come
     */
    public record Gap(long missing) implements Arrival {}

    /** Takes the number of a report; the first of an epoch is 1. */
    public Arrival accept(long newEpoch, long sequence) {
        if (newEpoch < epoch || sequence < 1) return new Duplicate();
        if (newEpoch > epoch) begin(newEpoch);
        if (sequence <= last) return missing.remove(sequence) ? new New() : new Duplicate();
        long skipped = sequence - last - 1;
        // Of many the latest are enough: what comes late was sent lately.
        for (long each = Math.max(last + 1, sequence - MOST_MISSING); each < sequence; each++) missing.add(each);
        while (missing.size() > MOST_MISSING) missing.pollFirst();
        last = sequence;
        return skipped == 0 ? new New() : new Gap(skipped);
    }

    private void begin(long newEpoch) {
        epoch = newEpoch;
        last = 0;
        missing.clear();
    }
}
