package io.katydid.launcher;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryNotificationInfo;
import java.lang.management.MemoryPoolMXBean;
import javax.management.NotificationEmitter;

/**
 * Has what is old collected each time it has doubled, where the JVM's serial collector runs. By itself that one takes more memory for it until the heap is as
 * large as it may be, which is most of the machine: responses of 1 MB took several GB in a few seconds. The other collectors see to it themselves.
 */
final class OldGeneration {
    private static final String SERIAL = "Tenured Gen";
    /** Is less than this worth no pause. */
    private static final long LEAST_BYTES = 96L << 20;
    private final MemoryPoolMXBean pool;

    private OldGeneration(MemoryPoolMXBean pool) {
        this.pool = pool;
    }

    /** Looks after the old generation for as long as the process lives, if there is one that needs it. */
    static void watch() {
        ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getName().equals(SERIAL)).findFirst().map(OldGeneration::new)
            .ifPresent(OldGeneration::begin);
    }

    private void begin() {
        pool.setUsageThreshold(threshold(0, greatest()));
        ((NotificationEmitter) ManagementFactory.getMemoryMXBean()).addNotificationListener((_, _) -> collect(),
            notification -> notification.getType().equals(MemoryNotificationInfo.MEMORY_THRESHOLD_EXCEEDED), null);
    }

    private void collect() {
        System.gc();
        pool.setUsageThreshold(threshold(pool.getUsage().getUsed(), greatest()));
    }

    private long greatest() {
        long max = pool.getUsage().getMax();
        return max < 0 ? Long.MAX_VALUE : max;
    }

    /** Gives how many bytes are too many when so many are in use: twice of that, as far as there is room. */
    static long threshold(long used, long greatest) {
        return Math.min(greatest, Math.max(LEAST_BYTES, 2 * used));
    }
}
