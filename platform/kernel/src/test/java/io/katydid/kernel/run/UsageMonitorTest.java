package io.katydid.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.carrier.CarrierOptions;
import io.katydid.carrier.Carriers;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.KernelEnvironment;
import io.katydid.kernel.Logged;
import io.katydid.parity.Parity;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lets ten seconds pass in which the process was more or less busy. */
class UsageMonitorTest {

    static class Nobody extends User {
        @Task void nothing() {}
    }

    private final KernelEnvironment environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).build();
    private final List<String> events = new ArrayList<>();
    private final AtomicLong cpu = new AtomicLong();
    private final AtomicLong wall = new AtomicLong();

    @AfterEach void close() {
        environment.close();
    }

    private UsageMonitorTask task(int loops) {
        environment.events().cpuWarning().addListener(event -> events.add("warning " + event.cpuUsage()));
        environment.events().usageMonitor().addListener(event -> {
            events.add("usage " + event.cpuUsage());
            assertThat(event.memoryUsage()).isBetween(1_000_000L, 1L << 40);
        });
        return new UsageMonitorTask(environment, environment.events(), loops, cpu::get, wall::get);
    }

    private void sample(UsageMonitorTask task, double percent) {
        wall.addAndGet(10_000_000_000L);
        cpu.addAndGet(Math.round(percent * 1e8));
        task.sample();
    }

    @Test
    @Parity({"EV-15", "EV-18", "SD-116", "RN-80", "RN-81", "AC-33"}) void theEventComesEachTimeAndTheLogSaysItOncePerTest() {
        var task = task(1);
        try (var log = new Logged("katydid.runner")) {
            sample(task, 40);
            sample(task, 90);
            sample(task, 95);
            sample(task, 120);
            assertThat(events).containsExactly("usage 40.0", "usage 90.0", "warning 95.0", "usage 95.0", "warning 120.0", "usage 120.0");
            var above = "CPU usage above 90 %! This may constrain your throughput and may even give inconsistent response time measurements!";
            assertThat(log.at(Level.WARN)).containsExactly(above);
            task.testEnded();
            task.testEnded();
            var end = "CPU usage was too high at some point during the test!";
            assertThat(log.at(Level.WARN)).containsExactly(above, end);
            sample(task, 91);
            assertThat(log.at(Level.WARN)).containsExactly(above, end, above);
            assertThat(environment.listenerFailed()).isFalse();
        }
    }

    @Test void aLoopThatOnlyAsksForWorkDoesNotUseItsCore() {
        long much = TimeUnit.MILLISECONDS.toNanos(200);
        var end = new CompletableFuture<Void>();
        try (var carriers = Carriers.open(CarrierOptions.defaults().withLoops(1).withBusyPoll(true))) {
            carriers.next().spawn("user", end::join);
            await().until(() -> carriers.spunNanos() > much);
            long working = UsageMonitorTask.working(carriers);
            assertThat(UsageMonitorTask.cpu() - working).isGreaterThan(much);
            end.complete(null);
        }
    }

    /** The reference's process has one core; here each loop has one, so the limit is 90 % of each. */
    @Test
    @Parity("RN-80") void withSeveralLoopsTheLimitIsThatOfAllTheirCores() {
        var task = task(4);
        sample(task, 350);
        sample(task, 361);
        assertThat(events).containsExactly("usage 350.0", "warning 361.0", "usage 361.0");
    }
}
