package io.katydid.kernel;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** Tells how long collections of garbage stopped this process since it was last asked. Work beside the users is not counted. */
final class GcPauses {
    private final List<GarbageCollectorMXBean> collectors = ManagementFactory.getGarbageCollectorMXBeans().stream()
        .filter(collector -> !collector.getName().contains("Concurrent") && !collector.getName().contains("Cycles")).toList();
    private long seen = sum();

    private long sum() {
        return collectors.stream().mapToLong(GarbageCollectorMXBean::getCollectionTime).filter(millis -> millis > 0).sum();
    }

    synchronized long millis() {
        long now = sum();
        long fresh = now - seen;
        seen = now;
        return fresh;
    }
}
