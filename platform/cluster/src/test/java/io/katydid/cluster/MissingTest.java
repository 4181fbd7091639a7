package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.katydid.api.State;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.options.OptionValues;
import io.katydid.parity.Parity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Foreign workers that fall silent, come back, are forgotten or quit. */
class MissingTest {
    /** Is short enough for a test, and long enough for a busy machine: a beat each 20 ms, missing after a second. */
    private static final Pace PATIENT = new Pace(Duration.ofMillis(20), 50, -60, Cluster.FAST.report(), Cluster.FAST.logs(),
        Cluster.FAST.masterSilence(), Cluster.FAST.connect(), 60, Cluster.FAST.farewell(), Cluster.FAST.stopGrace());
    /** Forgets nobody. */
    private static final Pace FAITHFUL = new Pace(PATIENT.heartbeat(), 50, -1_000_000, PATIENT.report(), PATIENT.logs(),
        PATIENT.masterSilence(), PATIENT.connect(), 60, PATIENT.farewell(), PATIENT.stopGrace());
    private final LogLines log = new LogLines();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(1, Thread.ofPlatform().daemon().factory());
    private final List<RawWorker> workers = new ArrayList<>();
    private @Nullable Cluster open;

    @AfterEach void close() {
        clock.shutdownNow();
        if (open != null) open.close();
        workers.forEach(RawWorker::close);
        log.close();
    }

    private Cluster master(Consumer<EnvironmentBuilder> settings) { return master(PATIENT, settings); }

    private Cluster master(Pace pace, Consumer<EnvironmentBuilder> settings) {
        var made = new Cluster(pace, 0, builder -> settings.accept(builder.userClasses(List.of(Cluster.Idle.class))));
        open = made;
        return made;
    }

    private static void rebalances(EnvironmentBuilder builder) {
        builder.parsedOptions(new OptionValues.Builder().put(ClusterOptions.ENABLE_REBALANCING, true, "test").build());
    }

    /** Makes a worker that does what it is told to and says nothing else. */
    private RawWorker silent(Cluster cluster, String id) {
        var worker = RawWorker.obedient(cluster.runner().port(), id);
        workers.add(worker);
        return worker;
    }

    /** Makes a worker that does what it is told to and lives. */
    private RawWorker living(Cluster cluster, String id) {
        var worker = silent(cluster, id);
        clock.scheduleAtFixedRate(() -> worker.beat("running"), 0, 50, TimeUnit.MILLISECONDS);
        return worker;
    }

    private static List<String> ids(Cluster cluster) { return cluster.runner().workers().stream().map(worker -> worker.id()).toList(); }

    @Test
    @Parity("PR-83") void theReferencesPaceIsKept() {
        var pace = Pace.defaults();
        assertThat(pace.heartbeat()).isEqualTo(Duration.ofSeconds(1));
        assertThat(pace.liveness()).isEqualTo(3);
        assertThat(pace.dead()).isEqualTo(-60);
    }

    @Test
    @Parity({"PR-83", "AC-53"}) void aSilentWorkerIsMissingAndItsUsersAreNotSpreadWithoutRebalancing() {
        var cluster = master(FAITHFUL, _ -> {});
        var first = living(cluster, "a_1");
        silent(cluster, "b_2");
        cluster.runner().start(4, 1000);
        log.await(Level.INFO, "Worker b_2 failed to send heartbeat, setting state to missing.");
        Cluster.await("only the first has users", () -> cluster.master.users() == 2);
        assertThat(ids(cluster)).containsExactly("a_1");
        Cluster.await("it has been heard of for a while", () -> first.of("heartbeat").size() > 40);
        assertThat(first.orders()).extracting(counts -> counts.get("Idle")).containsOnly(2L);
        assertThat(cluster.master.state()).isEqualTo(State.RUNNING);
    }

    @Test
    @Parity({"PR-83", "CL-29", "AC-56"}) void aSilentWorkersUsersAreSpreadWithRebalancing() {
        var cluster = master(MissingTest::rebalances);
        var first = living(cluster, "a_1");
        var second = silent(cluster, "b_2");
        cluster.runner().start(4, 1000);
        first.awaitOrdered(4);
        cluster.awaitUsers(4);
        assertThat(first.orders()).extracting(counts -> counts.get("Idle")).containsExactly(2L, 4L);
        // What is missing gets no orders.
        assertThat(second.orders()).extracting(counts -> counts.get("Idle")).containsExactly(2L);
    }

    @Test
    @Parity({"PR-84", "AC-53"}) void theTestStopsWhenTheLastWorkerIsMissing() {
        var cluster = master(_ -> {});
        silent(cluster, "a_1");
        cluster.runner().start(2, 1000);
        log.await(Level.INFO, "The last worker went missing, stopping test.");
        Cluster.await("the test has stopped", () -> cluster.master.events.contains("test_stop"));
        assertThat(cluster.master.state()).isEqualTo(State.STOPPED);
        assertThat(cluster.master.events).doesNotContain("quitting");
    }

    @Test
    @Parity({"PR-85", "AC-54"}) void aMissingWorkerThatIsHeardAgainTakesPart() {
        var cluster = master(MissingTest::rebalances);
        var first = living(cluster, "a_1");
        var second = silent(cluster, "b_2");
        cluster.runner().start(4, 1000);
        first.awaitOrdered(4);
        cluster.awaitUsers(4);
        second.beat("running");
        log.await(Level.INFO, "Worker b_2 self-healed with heartbeat, setting state to running.");
        clock.scheduleAtFixedRate(() -> second.beat("running"), 0, 50, TimeUnit.MILLISECONDS);
        first.awaitOrdered(2);
        second.awaitOrdered(2);
        cluster.awaitUsers(4);
        assertThat(cluster.runner().workers()).extracting(worker -> worker.index()).containsExactly(0, 1);
    }

    @Test
    @Parity({"PR-86", "AC-54"}) void aWorkerThatStaysSilentIsForgottenAndTheUsersAreSpreadAnew() {
        var cluster = master(_ -> {});
        var first = living(cluster, "a_1");
        var second = silent(cluster, "b_2");
        cluster.runner().start(4, 1000);
        log.await(Level.INFO, "Worker b_2 failed to send heartbeat, setting state to missing.");
        assertThat(((MasterRunnerImpl) cluster.runner()).allWorkers()).hasSize(2);
        // Without rebalancing too.
        first.awaitOrdered(4);
        assertThat(((MasterRunnerImpl) cluster.runner()).allWorkers()).extracting(worker -> worker.id()).containsExactly("a_1");
        second.beat("running");
        log.await(Level.DEBUG, "Got heartbeat message from unknown worker b_2");
        // It comes back when it greets.
        second.greet();
        assertThat(RawWorker.map(second.of("ack").getLast())).containsEntry("index", 1L);
    }

    @Test
    @Parity({"PR-89", "AC-45"}) void aWorkerThatQuitsIsRemovedAndItsUsersAreSpread() {
        var cluster = master(_ -> {});
        var first = living(cluster, "a_1");
        var second = living(cluster, "b_2");
        cluster.runner().start(4, 1000);
        cluster.awaitUsers(4);
        second.send("quit", null);
        log.await(Level.INFO, "Worker b_2 (index 1) quit. 0 workers ready.");
        first.awaitOrdered(4);
        cluster.awaitUsers(4);
        assertThat(ids(cluster)).containsExactly("a_1");
    }

    @Test
    @Parity({"PR-89", "AC-53"}) void theLastWorkerThatQuitsStopsTheTestAndAHeadlessMaster() {
        for (boolean headless : List.of(true, false)) {
            try (var cluster = new Cluster(PATIENT, 0, builder -> builder.userClasses(List.of(Cluster.Idle.class)).headless(headless));
                var worker = RawWorker.obedient(cluster.runner().port(), "a_1")) {
                cluster.runner().start(2, 1000);
                cluster.awaitUsers(2);
                worker.send("quit", null);
                log.await(Level.INFO, "The last worker quit, stopping test.");
                Cluster.await("the test has stopped", () -> cluster.master.events.contains("test_stop"));
                if (headless) Cluster.await("the master quits", () -> cluster.master.events.contains("quitting"));
                else assertThat(cluster.master.events).doesNotContain("quitting");
            }
        }
    }
}
