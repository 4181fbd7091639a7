package io.katydid.kernel.run;

import io.katydid.api.Environment;
import io.katydid.api.event.CpuWarning;
import io.katydid.api.event.UsageMonitor;
import io.katydid.carrier.Carriers;
import io.katydid.kernel.event.KernelEvents;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every 10 s what this process uses, and warns when it is itself the bottleneck. */
final class UsageMonitorTask {
    static final int EVERY_SECONDS = 10;
    private static final double LIMIT_PERCENT = 90;
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private final Environment environment;
    private final KernelEvents events;
    private final int loops;
    private final LongSupplier cpu;
    private final LongSupplier wall;
    private long cpuNanos;
    private long wallNanos;
    private volatile double percent;
    private boolean warned;

    UsageMonitorTask(RunnerHome home) {
        this(home.environment(), home.events(), home.carriers().all().size(), () -> working(home.carriers()), System::nanoTime);
    }

    /** Watches a process whose CPU time, that of loops that only ask for work not counted, and clock are given, in nanoseconds. */
    UsageMonitorTask(Environment environment, KernelEvents events, int loops, LongSupplier cpu, LongSupplier wall) {
        this.environment = environment;
        this.events = events;
        this.loops = loops;
        this.cpu = cpu;
        this.wall = wall;
        cpuNanos = cpu.getAsLong();
        wallNanos = wall.getAsLong();
    }

    void sample() {
        long cpuNow = cpu.getAsLong();
        long now = wall.getAsLong();
        percent = Math.max(0, cpuNow - cpuNanos) * 100.0 / Math.max(1, now - wallNanos);
        cpuNanos = cpuNow;
        wallNanos = now;
        // One core is one loop's share; with several loops the process may use that many.
        double limit = LIMIT_PERCENT * loops;
        if (percent > limit) {
            events.cpuWarning().fire(new CpuWarning(environment, percent));
            if (!warned)
                LOG.warn(
                    "CPU usage above {} %! This may constrain your throughput and may even give inconsistent response time measurements!",
                    (int) limit);
            warned = true;
        }
        events.usageMonitor().fire(new UsageMonitor(environment, percent, memory()));
    }

    void testEnded() {
        if (warned) LOG.warn("CPU usage was too high at some point during the test!");
        warned = false;
    }

    /** Gives the CPU time of the process, that of loops that only asked for work not counted, in ns. */
    static long working(Carriers carriers) {
        return cpu() - carriers.spunNanos();
    }

    static long cpu() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
            ? system.getProcessCpuTime() : 0;
    }

    double percent() { return percent; }

    /** Gives the memory this process has in use, in bytes. */
    static long memory() {
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
