package io.katydid.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/** Is what one start of a worker did, as far as its master knows: what it made, by its heartbeats, and what of it came in reports. On the link's thread. */
final class Account {
    /** Two heartbeats, of which the second may be a little early. */
    private static final double BEATS_FOR_A_RATE = 1.9;
    /** What a heartbeat says is of up to a second ago, and a worker may go on until the next one is due, with as much again for a late one. */
    private static final int BEATS_UNHEARD = 3;
    private final long epoch;
    private final double beatSeconds;
    private Instant reportedAt = Instant.now();
    private long reported;
    private long made;
    /** Holds the heartbeats of about the last two seconds, the oldest first: a rate is taken at each of them, so that none is half of a ramp and half of the pace after it. */
    private final ArrayDeque<Beat> beats = new ArrayDeque<>();
    /** Is below zero as long as it is not known. */
    private double mostPerSecond = -1;

    private record Beat(long requests, long nanos) {
        double secondsTo(Beat later) { return (later.nanos - nanos) / 1e9; }
    }

    Account(long epoch, Duration heartbeat) {
        this.epoch = epoch;
        beatSeconds = heartbeat.toNanos() / 1e9;
    }

    /** Gives when the worker was started, by which one start is told from the next. */
    long epoch() { return epoch; }

    /** Gives when the last report came. */
    Instant reportedAt() { return reportedAt; }

    /** Takes in a report of so many requests. */
    void reported(long requests, Instant at) {
        reported += requests;
        reportedAt = at;
    }

    /** Takes in how many requests were made since the worker's start, and how many of them it does not know to be reported: what a master before this one was told is no loss. */
    void counted(long requests, long unreported, long nanos) {
        made = Math.max(made, requests);
        reported = Math.max(reported, requests - unreported);
        rate(new Beat(requests, nanos));
    }

    private void rate(Beat now) {
        Beat since = null;
        while (!beats.isEmpty() && isLongEnough(beats.getFirst().secondsTo(now))) since = beats.removeFirst();
        beats.addLast(now);
        if (since == null) return;
        mostPerSecond = Math.max(mostPerSecond, (now.requests - since.requests) / since.secondsTo(now));
    }

    private boolean isLongEnough(double seconds) { return seconds >= BEATS_FOR_A_RATE * beatSeconds; }

    /** Gives how many requests were made and not reported, as a text: between two numbers, or at least one when the worker was not heard of for long enough to know its rate. */
    String range() {
        long least = Math.max(0, made - reported);
        if (mostPerSecond < 0) return "at least " + least;
        return least + " to " + (least + (long) Math.ceil(mostPerSecond * BEATS_UNHEARD * beatSeconds));
    }
}
