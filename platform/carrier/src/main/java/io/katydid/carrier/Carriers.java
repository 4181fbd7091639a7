package io.katydid.carrier;

import io.katydid.carrier.netty.CarrierLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Holds the loops of one environment, their watchdog and their pool for blocking work. Two sets share nothing. Any thread. */
public final class Carriers implements AutoCloseable {
    static final Logger LOG = LoggerFactory.getLogger("katydid.carrier");
    /** Are the reasons that were logged: the same one is said once in a JVM. */
    private static final Set<String> SAID = ConcurrentHashMap.newKeySet();
    private final List<Loop> loops;
    private final Optional<String> fallbackReason;
    private final BlockingPool pool;
    private final Watchdog watchdog;
    private final Lateness.Reader lateness = new Lateness.Reader();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final long[] idleSeen;
    private long seenAt = System.nanoTime();

    private static final class Shared {
        static final Carriers SET = open(CarrierOptions.defaults().withLoops(1).withName("katydid-shared"));
    }

    /** Opens a set of loops; {@code problem} says why users cannot run on them. */
    Carriers(CarrierOptions options, Optional<String> problem) {
        Preflight.start();
        fallbackReason = problem;
        loops = CarrierLoops.open(options.loops(), new LoopKind(problem.isEmpty(), options.busyPoll()), options.name());
        pool = new BlockingPool(options.name());
        watchdog = new Watchdog(options.name(), watched(), this::hasUsers, options.onStall());
        loops.forEach(loop -> loop.users().onAdmission(watchdog::stir));
        idleSeen = new long[loops.size()];
        fallbackReason.filter(SAID::add).ifPresent(LOG::info);
    }

    private boolean hasUsers() { return loops.stream().anyMatch(loop -> !loop.users().isEmpty()); }

    private List<Watched> watched() {
        var all = new ArrayList<Watched>();
        for (var loop : loops) all.add(new WatchedLoop(loop));
        if (!real()) all.add(new Pulse(this::holder));
        return all;
    }

    /** Finds the user that most likely holds a thread of the default scheduler. */
    private Optional<Thread> holder() {
        return loops.stream().map(loop -> loop.users().holder()).flatMap(Optional::stream).findFirst();
    }

    /**
     * Opens a set of loops. The first one of a JVM tries a user on a loop before it says that users run there; if that fails they run on the
     * JDK's default scheduler, {@link #fallbackReason} says why, and so does a line at INFO.
     */
    public static Carriers open(CarrierOptions options) {
        return new Carriers(options,
            options.forceFallback() ? Optional.of("Users run on the JDK's default scheduler because that was asked for.")
                : Trial.problem());
    }

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
     * Runs work that would stall a loop on a platform thread; the caller parks. At most 64 pieces of work run at a time, further ones wait. When the caller is interrupted the work is too, and
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

    /** Gives how long all loops together have taken their cores only to ask for work that was not there, in ns; 0 without {@link CarrierOptions#busyPoll()}. */
    public long spunNanos() {
        return loops.stream().mapToLong(Loop::spunNanos).sum();
    }

    /** Gives the 99th percentile of how late timers were since the last call, in ms; NaN when none expired. */
    public synchronized double wakeUpDelayP99Millis() {
        return lateness.p99Millis(loops.stream().map(Loop::lateness).toList());
    }

    /**
     * Ends the loops and their threads. Users have a second to end; then they are interrupted, each 100 ms, and after 5 s what is left is named: such a user
     * may go on, but on no loop. A user that calls it is not waited for. Further calls do nothing.
     */
    @Override public void close() {
        close(Closing.Limits.USUAL);
    }

    void close(Closing.Limits limits) {
        if (closed.compareAndSet(false, true)) new Closing(loops, limits).run(watchdog, pool);
    }
}
