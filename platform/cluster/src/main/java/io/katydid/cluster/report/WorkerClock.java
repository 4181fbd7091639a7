package io.katydid.cluster.report;

import io.katydid.kernel.stats.Delta;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves the times in one worker's reports to this machine's clock, as {@link ReportReader} says. One thread at a time. */
final class WorkerClock {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.cluster");
    private static final long SECOND = 1_000_000_000L;
    private static final long WILD_NANOS = Duration.ofMinutes(5).toNanos();
    /** What is kept per second costs memory for all seconds between the first and the last. */
    private static final long FAR_NANOS = Duration.ofDays(1).toNanos();
    /** A clock that begins in 1970 at each start is behind by less. */
    private static final long MOST_OFFSET_NANOS = 2_000_000_000L * SECOND;
    private final String worker;
    private boolean said;
    private long correction;

    WorkerClock(String worker) {
        this.worker = worker;
    }

    /** Gives what a report says by the clock here; an offset that no clock can have is none. */
    Delta here(Delta delta, long given, Instant now) {
        long offset = Math.abs((double) given) <= MOST_OFFSET_NANOS ? given : 0;
        long here = now.getEpochSecond() * SECOND + now.getNano();
        return delta.shifted(offset + correction(latest(delta), offset, here)).within(here - FAR_NANOS, here + FAR_NANOS);
    }

    /** Gives by how much more times are moved; none when the report says no time. */
    private long correction(long last, long offset, long here) {
        if (last == Long.MIN_VALUE) return 0;
        long seen = last + offset;
        if (Math.abs(seen - here) <= WILD_NANOS) return 0;
        // Neither sum of three fits a long whatever somebody sends.
        if (Math.abs((double) seen + correction - here) > WILD_NANOS) correction = here - seen;
        say(seen, here);
        return correction;
    }

    private void say(long seen, long here) {
        if (said) return;
        said = true;
        LOG.warn("The clock of worker {} is {} s {} this one's. Its times are moved to now; set the clocks, by NTP for instance.", worker,
            Math.round(Math.abs(seen - here) / 1e9), seen > here ? "ahead of" : "behind");
    }

    /** Gives the latest time of a report, of a request or a second: not all workers say both. */
    private static long latest(Delta delta) {
        return Stream.concat(Stream.of(delta.total()), delta.entries().stream())
            .flatMap(entry -> Stream.of(entry.requestsPerSecond(), entry.failuresPerSecond())).flatMap(seconds -> seconds.keySet().stream())
            .mapToLong(second -> second * SECOND).reduce(delta.lastNanos(), Math::max);
    }
}
