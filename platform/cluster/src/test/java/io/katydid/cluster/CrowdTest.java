package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.State;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** One master and many workers, at the reference's pace. */
class CrowdTest {
    /** A socket of JeroMQ takes about seven descriptors, those of its connection included. */
    private static final int DESCRIPTORS_PER_WORKER = 8;

    @Test void twoHundredWorkersConnectSpawnReportAndStopWithinTenSecondsEach() {
        try (var cluster = new Cluster(Pace.defaults(), 0, builder -> builder.userClasses(List.of(Cluster.Idle.class)));
            var crowd = new Crowd(200, cluster.runner().port())) {
            within(10, "all are connected", () -> cluster.runner().workers().size() == 200);
            cluster.runner().start(2_000, 10_000);
            within(10, "all users are there", () -> cluster.master.state() == State.RUNNING && cluster.master.users() == 2_000);
            assertThat(cluster.runner().workers()).allMatch(worker -> worker.userCount() == 10);
            int before = crowd.reports.get();
            within(10, "all have reported", () -> crowd.reports.get() >= before + 200 && cluster.master.requests() >= 2_000);
            long began = System.nanoTime();
            cluster.runner().stop();
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
            assertThat(cluster.master.state()).isEqualTo(State.STOPPED);
        }
    }

    @Test void aThousandWorkersConnect() {
        Assumptions.assumeTrue(descriptors() > 1_000 * DESCRIPTORS_PER_WORKER,
            () -> "This process may open " + descriptors() + " files, too few for 1,000 workers in it: ulimit -n 20000");
        try (var cluster = new Cluster(Pace.defaults(), 0, builder -> builder.userClasses(List.of(Cluster.Idle.class)));
            var crowd = new Crowd(1_000, cluster.runner().port())) {
            within(30, "all are connected", () -> crowd.greeted.get() == 1_000 && cluster.runner().workers().size() == 1_000);
        }
    }

    private static long descriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.UnixOperatingSystemMXBean system
            ? system.getMaxFileDescriptorCount() : Long.MAX_VALUE;
    }

    private static void within(int seconds, String what, BooleanSupplier condition) {
        long began = System.nanoTime();
        long end = began + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the time until " + what).isLessThan(end);
            LockSupport.parkNanos(10_000_000);
        }
        System.out.printf("%s after %.1f s%n", what, (System.nanoTime() - began) / 1e9);
    }
}
