package io.katydid.carrier;

import io.katydid.carrier.netty.CarrierLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the loops of one environment, their watchdog and their pool for blocking work. Two sets share nothing. Any thread. */
public final class Carriers implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger("katydid.carrier");
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private final List<Loop> loops;
    private final Optional<String> fallbackReason;
    private final BlockingPool pool;
    private final Watchdog watchdog;
    private final AtomicInteger next = new AtomicInteger();
    private final long[] idleSeen;
    private long seenAt = System.nanoTime();

    private static final class Shared {
        static final Carriers SET = open(CarrierOptions.defaults().withLoops(1).withName("katydid-shared"));
    }

    private Carriers(CarrierOptions options) {
        Preflight.start();
        fallbackReason = options.forceFallback() ? Optional.of("Users run on the JDK's default scheduler because that was asked for.")
            : JdkThreads.problem();
        loops = CarrierLoops.open(options.loops(), fallbackReason.isEmpty(), options.name());
        pool = new BlockingPool(options.name());
        watchdog = new Watchdog(options.name(), loops, options.onStall());
        idleSeen = new long[loops.size()];
        fallbackReason.ifPresent(LOG::info);
    }

    /** Opens a set of loops. */
    public static Carriers open(CarrierOptions options) { return new Carriers(options); }

    /** Gives the one set for threads that belong to no environment. */
    static Carriers shared() { return Shared.SET; }

    /** Gives the loops. */
    public List<Carrier> all() { return List.copyOf(loops); }

    /** Gives the loops in turn, for the next user. */
    public Carrier next() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }

    /** Tells whether users run on the loops. */
    public boolean real() { return fallbackReason.isEmpty(); }

    /** Says why users do not run on the loops, and which flag to add. */
    public Optional<String> fallbackReason() { return fallbackReason; }

    /**
     * Runs work that would stall a loop on a platform thread; the caller parks. When the caller is interrupted the work is too, and
     * {@link java.util.concurrent.CancellationException} is thrown with the interrupt flag set.
     */
    public <T, X extends Exception> T blocking(BlockingCall<T, X> call) throws X { return pool.call(call); }

    /** Gives the busy share of each loop since the last call, 0 to 1. */
    public synchronized List<Double> utilisation() {
        long now = System.nanoTime();
        double span = Math.max(1, now - seenAt);
        seenAt = now;
        var shares = new ArrayList<Double>(loops.size());
        for (int i = 0; i < loops.size(); i++) {
            long idle = loops.get(i).idleNanos();
            shares.add(Math.clamp(1 - (idle - idleSeen[i]) / span, 0.0, 1.0));
            idleSeen[i] = idle;
        }
        return shares;
    }

    /** Gives the 99th percentile of how late timers were since the last call, in ms; NaN when none expired. */
    public synchronized double wakeUpDelayP99Millis() {
        var counts = Lateness.empty();
        for (var loop : loops) loop.lateness().drainTo(counts);
        return Lateness.p99Millis(counts);
    }

    /** Ends the loops. A user that is still there would never run again, so loops with users are left open, and named. */
    @Override public void close() {
        long end = System.nanoTime() + CLOSE_NANOS;
        while (users() > 0 && System.nanoTime() < end) LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        // After the users: until then one of them may need to be freed, or wait for its blocking work.
        watchdog.close();
        pool.close();
        for (var loop : loops) {
            if (loop.users() == 0) {
                loop.close();
            } else {
                LOG.warn("Loop {} has {} users that did not end; it is left open.", loop.index(), loop.users());
            }
        }
    }

    private int users() { return loops.stream().mapToInt(Loop::users).sum(); }
}
