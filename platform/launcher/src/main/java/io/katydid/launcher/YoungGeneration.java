package io.katydid.launcher;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Makes the young generation of the JVM's serial collector larger, once, when its collections take more than 1.2 % of the time and keep hardly anything. One costs
 * what the classes and stacks of the process take to look through, 0.7 ms, however little there was: with the 8 MB a test of few users begins with and bodies of
 * 10 KB, that is 100 collections a second. The collector itself never does so while its old generation has room. Tests that make little garbage keep the small
 * heap; other collectors see to it themselves.
 *
 * <p>It asks for sums every two seconds: to be told of each collection costs a third of what one of them does.
 */
final class YoungGeneration {
    private static final String SERIAL = "Copy";
    private static final String SERIAL_OF_EVERYTHING = "MarkSweepCompact";
    private static final String OLD = "Tenured Gen";
    private static final Duration EVERY = Duration.ofSeconds(2);
    /** The young generation is half of the old one (NewRatio 2), so it becomes 64 MB. More were no better: what is written lies outside the caches then. */
    private static final long OLD_BYTES = 128L << 20;
    private static final int ATTEMPTS = 2;
    private final GarbageCollectorMXBean collector;
    private final GarbageCollectorMXBean ofEverything;
    private final MemoryPoolMXBean old;
    private final Toll toll = new Toll();

    private YoungGeneration(GarbageCollectorMXBean collector, GarbageCollectorMXBean ofEverything, MemoryPoolMXBean old) {
        this.collector = collector;
        this.ofEverything = ofEverything;
        this.old = old;
    }

    /** Looks after the young generation until it is large enough or the test has ended, if there is one that needs it and nobody has given its size. */
    static void watch(CountDownLatch ended) {
        var old = ManagementFactory.getMemoryPoolMXBeans().stream().filter(each -> each.getName().equals(OLD)).findFirst();
        var collector = collector(SERIAL);
        var ofEverything = collector(SERIAL_OF_EVERYTHING);
        if (collector.isEmpty() || ofEverything.isEmpty() || old.isEmpty()
            || options().getVMOption("MaxNewSize").getOrigin() == VMOption.Origin.VM_CREATION) return;
        var young = new YoungGeneration(collector.get(), ofEverything.get(), old.get());
        Thread.ofPlatform().daemon().name("katydid-young").start(() -> young.look(ended));
    }

    private static Optional<GarbageCollectorMXBean> collector(String name) {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().filter(each -> each.getName().equals(name)).findFirst();
    }

    private static HotSpotDiagnosticMXBean options() { return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class); }

    private void look(CountDownLatch ended) {
        try {
            do {
                if (!toll.tooHigh(now())) continue;
                enlarge();
                return;
            } while (!ended.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private Moment now() {
        return new Moment(TimeUnit.NANOSECONDS.toMillis(System.nanoTime()), collector.getCollectionCount(), collector.getCollectionTime(),
            ofEverything.getCollectionCount(), old.getUsage().getUsed());
    }

    /**
     * Has the old generation made so large that the young one may be, which happens in a collection of everything and only there. Its size is told as the part
     * that is free; if the collection frees much of what was in use, it is told again. One is always needed: an old generation that grew since the last of them
     * has not yet let the young one grow.
     */
    private void enlarge() {
        var options = options();
        var before = options.getVMOption("MinHeapFreeRatio").getValue();
        options.setVMOption("MaxHeapFreeRatio", "100");
        int attempts = 0;
        do {
            options.setVMOption("MinHeapFreeRatio", Integer.toString(freePercent(old.getUsage().getUsed())));
            System.gc();
        } while (++attempts < ATTEMPTS && old.getUsage().getCommitted() < OLD_BYTES * 3 / 4);
        options.setVMOption("MinHeapFreeRatio", before);
    }

    /** Gives the part of the old generation that has to be free for it to have its size; of next to nothing no size can be told so. */
    static int freePercent(long used) {
        return (int) Math.clamp(100 - 100 * used / OLD_BYTES, 0, 95);
    }

    /**
     * Is what is known at a moment.
     *
     * @param collections of the young generation so far
     * @param spentMillis in all of them
     * @param ofEverything collections of everything so far
     * @param oldBytes what is in use of the old generation
     */
    record Moment(long millis, long collections, long spentMillis, long ofEverything, long oldBytes) {}

    /** Compares two moments. */
    static final class Toll {
        static final int LEAST = 8;
        static final double LARGEST_SHARE = 0.012;
        /** What is large, or lives long, is not helped: it would be copied more often. Is of each collection, on average. */
        static final long KEPT_BYTES = 1 << 20;
        private @Nullable Moment before;

        /** Tells whether the collections since the moment before took too much for what they gave. */
        boolean tooHigh(Moment now) {
            var last = before;
            before = now;
            // What everything's collection freed would hide what was kept.
            if (last == null || now.ofEverything != last.ofEverything) return false;
            long seen = now.collections - last.collections;
            return seen >= LEAST && now.spentMillis - last.spentMillis > LARGEST_SHARE * (now.millis - last.millis)
                && now.oldBytes - last.oldBytes <= KEPT_BYTES * seen;
        }
    }
}
