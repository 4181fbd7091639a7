package io.katydid.launcher;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.Objects;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the young generation of the JVM's serial collector larger, once, when its collections take more than 1.2 % of the time and keep hardly anything. One costs
 * what the classes and stacks of the process take to look through, 0.7 ms, however little there was: with the 8 MB a test of few users begins with and bodies of
 * 10 KB, that is 100 collections a second. The collector itself never does so while its old generation has room. Tests that make little garbage keep the small
 * heap; other collectors see to it themselves.
 */
final class YoungGeneration implements NotificationListener {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.memory");
    private static final String SERIAL = "Copy";
    private static final String OLD = "Tenured Gen";
    /** The young generation is half of the old one (NewRatio 2), so it becomes 64 MB. More were no better: what is written lies outside the caches then. */
    private static final long OLD_BYTES = 128L << 20;
    private static final int ATTEMPTS = 2;
    private final GarbageCollectorMXBean collector;
    private final MemoryPoolMXBean old;
    private final Toll toll = new Toll();

    private YoungGeneration(GarbageCollectorMXBean collector, MemoryPoolMXBean old) {
        this.collector = collector;
        this.old = old;
    }

    /** Looks after the young generation until it is large enough, if there is one that needs it and nobody has given its size. */
    static void watch() {
        var collector = ManagementFactory.getGarbageCollectorMXBeans().stream().filter(each -> each.getName().equals(SERIAL)).findFirst();
        var old = ManagementFactory.getMemoryPoolMXBeans().stream().filter(each -> each.getName().equals(OLD)).findFirst();
        if (collector.isEmpty() || old.isEmpty() || options().getVMOption("MaxNewSize").getOrigin() == VMOption.Origin.VM_CREATION) return;
        var young = new YoungGeneration(collector.get(), old.get());
        young.emitter().addNotificationListener(young, null, null);
    }

    private static HotSpotDiagnosticMXBean options() { return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class); }

    private NotificationEmitter emitter() { return (NotificationEmitter) collector; }

    @Override public void handleNotification(Notification notification, Object handback) {
        var collection = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData()).getGcInfo();
        long kept = used(collection.getMemoryUsageAfterGc()) - used(collection.getMemoryUsageBeforeGc());
        if (!toll.tooHigh(collection.getEndTime(), collector.getCollectionTime(), kept)) return;
        enlarge();
        try {
            emitter().removeNotificationListener(this);
        } catch (ListenerNotFoundException gone) {
            LOG.debug("Collections are not listened to any more", gone);
        }
    }

    private static long used(Map<String, MemoryUsage> pools) { return Objects.requireNonNull(pools.get(OLD), OLD).getUsed(); }

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

    /** Counts the collections of two seconds, and what they took. */
    static final class Toll {
        static final long WINDOW_MILLIS = 2_000;
        static final int LEAST = 8;
        static final double LARGEST_SHARE = 0.012;
        /** What is large, or lives long, is not helped: it would be copied more often. */
        static final long KEPT_BYTES = 1 << 20;
        private long beginMillis;
        private long spentBefore;
        private int seen;

        /** Takes the end of a collection, the time of all so far and what this one kept; tells whether all of them took too much for what they gave. */
        boolean tooHigh(long endMillis, long spentMillis, long keptBytes) {
            if (seen == 0 || keptBytes > KEPT_BYTES) {
                beginMillis = endMillis;
                spentBefore = spentMillis;
                seen = 1;
                return false;
            }
            long passed = endMillis - beginMillis;
            if (passed < WINDOW_MILLIS) {
                seen++;
                return false;
            }
            boolean high = seen >= LEAST && spentMillis - spentBefore > LARGEST_SHARE * passed;
            seen = 0;
            return high;
        }
    }
}
