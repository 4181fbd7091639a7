package io.katydid.cluster;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how far the master's clock is ahead of a worker's, from the heartbeats and their answers: as NTP does, the answer is taken to have been made in the
 * middle of the round trip, and the quickest round trip of all is believed. The error is at most half of that round trip. Any thread.
 */
final class ClockOffset {
    /** Names when a heartbeat was sent, in nanoseconds of the epoch by the worker's clock; the answer repeats it. */
    static final String SENT = "sent";
    private static final String ANSWERED = "answered";
    private long quickestNanos = Long.MAX_VALUE;
    private long offsetNanos;

    /** Gives the nanoseconds of the epoch. */
    static long now() {
        var now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /** Gives the master's answer to a heartbeat that was sent then. */
    static Map<String, @Nullable Object> answer(long sent) {
        var answer = new LinkedHashMap<String, @Nullable Object>();
        answer.put(SENT, sent);
        answer.put(ANSWERED, now());
        return answer;
    }

    /** Takes an answer; one of a master that is not Katydid's says nothing. */
    void take(Said answer) {
        var sent = answer.number(SENT);
        var answered = answer.number(ANSWERED);
        if (sent.isPresent() && answered.isPresent()) take(sent.get(), answered.get(), now());
    }

    synchronized void take(long sent, long answered, long received) {
        long roundTrip = received - sent;
        // A clock that was set meanwhile says nothing.
        if (roundTrip < 0 || roundTrip > quickestNanos) return;
        quickestNanos = roundTrip;
        offsetNanos = answered - (sent + roundTrip / 2);
    }

    /** Gives how far the master's clock is ahead, in nanoseconds; 0 while nothing is known. */
    synchronized long nanos() {
        return offsetNanos;
    }
}
