package io.katydid.kernel.run;

import io.katydid.api.event.CpuWarning;
import io.katydid.api.event.UsageMonitor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every 10 s what this process uses, and warns when it is itself the bottleneck. */
final class UsageMonitorTask {
    static final int EVERY_SECONDS = 10;
    private static final double LIMIT_PERCENT = 90;
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private final RunnerHome home;
    private long cpuNanos = cpu();
    private long wallNanos = System.nanoTime();
    private boolean warned;

    UsageMonitorTask(RunnerHome home) {
        this.home = home;
    }

    void sample() {
        long cpu = cpu();
        long wall = System.nanoTime();
        double percent = (cpu - cpuNanos) * 100.0 / Math.max(1, wall - wallNanos);
        cpuNanos = cpu;
        wallNanos = wall;
        // One core is one loop's share; with several loops the process may use that many.
        double limit = LIMIT_PERCENT * home.carriers().all().size();
        if (percent > limit) {
            home.events().cpuWarning().fire(new CpuWarning(home.environment(), percent));
            if (!warned)
                LOG.warn(
                    "CPU usage above {} %! This may constrain your throughput and may even give inconsistent response time measurements!",
                    (int) limit);
            warned = true;
        }
        home.events().usageMonitor().fire(new UsageMonitor(home.environment(), percent, memory()));
    }

    void testEnded() {
        if (warned) LOG.warn("CPU usage was too high at some point during the test!");
        warned = false;
    }

    private static long cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getProcessCpuTime() : 0;
    }

    private static long memory() {
        try {
            for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        } catch (IOException noProcfs) {
            LOG.trace("no /proc here", noProcfs);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
