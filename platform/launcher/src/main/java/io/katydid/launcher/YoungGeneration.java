package io.katydid.launcher;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
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
 * Makes the young generation of the JVM's serial collector larger, once, when it is collected all the time and hardly anything of it is kept. A collection costs
 * what the classes and stacks of the process take to look through, about 0.7 ms, however little there was: with the 8 MB a test of few users begins with and
 * bodies of 10 KB, that is 100 collections a second and a tenth of a core. The collector itself never does so while its old generation has room. Tests that make
 * little garbage keep the small heap; other collectors see to it themselves.
 */
final class YoungGeneration implements NotificationListener {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.memory");
    private static final String SERIAL = "Copy";
    private static final String OLD = "Tenured Gen";
    /** The young generation is half of the old one (NewRatio 2), so it becomes 64 MB. More were no better: what is written lies outside the caches then. */
    private static final long OLD_BYTES = 128L << 20;
    private final GarbageCollectorMXBean collector;
    private final Collections collections = new Collections();

    private YoungGeneration(GarbageCollectorMXBean collector) {
        this.collector = collector;
    }

    /** Looks after the young generation until it is large enough, if there is one that needs it. */
    static void watch() {
        ManagementFactory.getGarbageCollectorMXBeans().stream().filter(collector -> collector.getName().equals(SERIAL)).findFirst()
            .map(YoungGeneration::new).ifPresent(young -> young.emitter().addNotificationListener(young, null, null));
    }

    private NotificationEmitter emitter() { return (NotificationEmitter) collector; }

    @Override public void handleNotification(Notification notification, Object handback) {
        var collection = GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData()).getGcInfo();
        long kept = used(collection.getMemoryUsageAfterGc()) - used(collection.getMemoryUsageBeforeGc());
        if (!collections.tooOften(collection.getEndTime(), kept)) return;
        enlarge(used(collection.getMemoryUsageAfterGc()));
        try {
            emitter().removeNotificationListener(this);
        } catch (ListenerNotFoundException gone) {
            LOG.debug("Collections are not listened to any more", gone);
        }
    }

    private static long used(Map<String, MemoryUsage> pools) { return Objects.requireNonNull(pools.get(OLD), OLD).getUsed(); }

    /** Has the old generation made so large that the young one may be, which happens in a collection of everything and only there. */
    private static void enlarge(long used) {
        var options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        var before = options.getVMOption("MinHeapFreeRatio").getValue();
        options.setVMOption("MaxHeapFreeRatio", "100");
        options.setVMOption("MinHeapFreeRatio", Integer.toString(freePercent(used)));
        System.gc();
        options.setVMOption("MinHeapFreeRatio", before);
    }

    /** Gives the part of the old generation that has to be free for it to have its size; of next to nothing no size can be told so. */
    static int freePercent(long used) {
        return (int) Math.clamp(100 - 100 * used / OLD_BYTES, 0, 95);
    }

    /** Knows when the last collections were. */
    static final class Collections {
        static final int TIMES = 32;
        static final long MILLIS = 2_000;
        /** What is large, or lives long, is not helped: it would be copied more often. */
        static final long KEPT_BYTES = 1 << 20;
        private final long[] ends = new long[TIMES];
        private int seen;

        /** Takes one collection; tells whether there were too many in little time that kept nothing. */
        boolean tooOften(long endMillis, long keptBytes) {
            if (keptBytes > KEPT_BYTES) {
                seen = 0;
                return false;
            }
            int at = seen++ % TIMES;
            long oldest = ends[at];
            ends[at] = endMillis;
            return seen > TIMES && endMillis - oldest <= MILLIS;
        }
    }
}
