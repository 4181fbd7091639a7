package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.katydid.api.LoadTestShape;
import io.katydid.api.State;
import io.katydid.api.StopTest;
import io.katydid.api.Tag;
import io.katydid.api.Task;
import io.katydid.api.Tick;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.options.KernelOptions;
import io.katydid.kernel.options.OptionValues;
import io.katydid.kernel.run.TestRunner;
import io.katydid.parity.Parity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/** What a master and its workers do together. */
class TogetherTest {
    private static final LongAdder PAID = new LongAdder();
    private static final LongAdder FREE = new LongAdder();

    /** Fails and ends by its own. */
    static class Failing extends User {
        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Task void fails() {
            measure("T", "fails", () -> {
                throw new IllegalStateException("no stock");
            });
            throw new IllegalStateException("no more");
        }
    }

    /** Asks for the end of the test. */
    static class Ending extends User {
        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Task void ends() { throw new StopTest("The shop is sold out."); }
    }

    /** Has tags. */
    static class Tagged extends User {
        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Tag("paid")
        @Task void paid() { measure("T", "paid", PAID::increment); }

        @Tag("free")
        @Task void free() { measure("T", "free", FREE::increment); }
    }

    /** Has two stages and ends. */
    static final class Stages extends LoadTestShape {
        private volatile int ticks;

        @Override public Tick tick() {
            ticks++;
            if (ticks <= 2) return users(6, 1000);
            return ticks <= 4 ? users(2, 1000) : stop();
        }
    }

    @Test
    @Parity({"AC-44", "AC-47", "SD-136", "AC-30"}) void threeWorkersRunTwoClassesAndStopThemAll() {
        try (var cluster = new Cluster(3, builder -> builder.userClasses(List.of(Cluster.Busy.class, Cluster.Idle.class)))) {
            assertThat(cluster.workers).extracting(member -> member.worker().workerIndex()).containsExactly(0, 1, 2);
            cluster.runner().start(9, 1000);
            cluster.awaitUsers(9);
            assertThat(cluster.workers).extracting(Cluster.Member::users).containsExactly(3, 3, 3);
            var counts = new TreeMap<String, Integer>();
            for (var worker : cluster.workers)
                ((TestRunner) worker.environment.runner()).userCounts()
                    .forEach((name, users) -> counts.merge(name, users, Integer::sum));
            assertThat(counts.values()).containsExactlyInAnyOrder(4, 5);
            for (var worker : cluster.workers)
                Cluster.await("it hears of the end of the ramp", () -> worker.events.contains("spawning_complete 9"));
            cluster.runner().stop();
            assertThat(cluster.usersOfWorkers()).isZero();
            for (var member : cluster.workers) Cluster.await("it hears of the end", () -> member.events.contains("test_stop"));
            cluster.workers.add(cluster.master);
            assertThat(cluster.workers).allSatisfy(member -> assertThat(member.events).filteredOn(event -> !event.equals("worker_connect"))
                .containsExactly("test_start", "spawning_complete 9", "test_stopping", "test_stop"));
            cluster.workers.remove(cluster.master);
        }
    }

    @Test
    @Parity({"AC-48", "RN-40", "RN-42", "RN-43", "RN-44"}) void aShapeRunsOnTheMaster() {
        try (var log = new LogLines();
            var cluster = new Cluster(2, builder -> builder.userClasses(List.of(Cluster.Idle.class)).shape(new Stages()).headless(false))) {
            var states = new CopyOnWriteArrayList<State>();
            states.add(cluster.master.state());
            var hooks = cluster.master.environment.events();
            hooks.testStart().addListener(_ -> states.add(cluster.master.state()));
            hooks.spawningComplete().addListener(_ -> states.add(cluster.master.state()));
            cluster.runner().startShape();
            Cluster.await("six users", () -> cluster.usersOfWorkers() == 6);
            Cluster.await("two users", () -> cluster.usersOfWorkers() == 2);
            Cluster.await("the end", () -> cluster.master.events.contains("test_stop"));
            assertThat(cluster.usersOfWorkers()).isZero();
            assertThat(states).containsExactly(State.READY, State.SPAWNING, State.RUNNING, State.RUNNING);
            assertThat(cluster.master.state()).isEqualTo(State.STOPPED);
            assertThat(log.at(Level.INFO)).containsSubsequence("Shape test updating to 6 users at 1000.00 spawn rate",
                "Shape test updating to 2 users at 1000.00 spawn rate", "Shape test stopping");
            assertThat(cluster.master.events).filteredOn("test_start"::equals).hasSize(1);
            // It can be run again.
            Cluster.await("the workers are ready", () -> cluster.runner().workers().size() == 2);
        }
    }

    @Test
    @Parity("AC-27") void tagsReachTheWorkers() {
        PAID.reset();
        FREE.reset();
        var options = new OptionValues.Builder().put(KernelOptions.TAGS, List.of("paid"), "test").build();
        // Only the master is told.
        try (var master = new Cluster.Member(new EnvironmentBuilder().userClasses(List.of(Tagged.class)).parsedOptions(options),
            Cluster.FAST)) {
            var runner = master.environment.createMasterRunner("127.0.0.1", 0);
            master.environment.init();
            try (var worker = new Cluster.Member(new EnvironmentBuilder().userClasses(List.of(Tagged.class)), Cluster.FAST)) {
                worker.environment.createWorkerRunner("127.0.0.1", runner.port());
                worker.environment.init();
                runner.start(2, 1000);
                Cluster.await("there are requests", () -> PAID.sum() > 20);
                runner.stop();
                assertThat(FREE.sum()).isZero();
                assertThat(master.requests()).isEqualTo(PAID.sum());
                assertThat(worker.events).contains("test_start", "test_stop");
            }
        }
    }

    @Test
    @Parity("ST-17") void exceptionsNameTheirWorkers() {
        try (var cluster = new Cluster(2, builder -> builder.userClasses(List.of(Failing.class)))) {
            cluster.runner().start(2, 1000);
            cluster.awaitUsers(2);
            var ids = cluster.workers.stream().map(worker -> worker.worker().clientId()).toList();
            var stats = cluster.master.environment.stats();
            Cluster.await("both have failed", () -> stats.exceptions().stream().anyMatch(row -> row.nodes().containsAll(ids)));
            assertThat(stats.exceptions()).singleElement().satisfies(row -> {
                assertThat(row.message()).isEqualTo("no more");
                assertThat(row.nodes()).containsExactlyInAnyOrderElementsOf(ids);
            });
            cluster.runner().stop();
            assertThat(stats.total().numFailures()).isEqualTo(stats.total().numRequests()).isPositive();
            assertThat(stats.errors()).singleElement().satisfies(error -> {
                assertThat(error.name()).isEqualTo("fails");
                assertThat(error.occurrences()).isEqualTo(stats.total().numFailures());
            });
            // The master's code says that requests failed; a worker has done what it was to do.
            assertThat(cluster.master.environment.shutdown(1)).isEqualTo(1);
            for (var worker : cluster.workers) assertThat(worker.environment.shutdown(1)).isZero();
        }
    }

    @Test
    @Parity({"SD-115", "AC-50"}) void bothSidesFireTheirEvents() {
        try (var cluster = new Cluster(1, builder -> builder.userClasses(List.of(Cluster.Busy.class)))) {
            var fired = new ConcurrentSkipListSet<String>();
            var id = cluster.workers.getFirst().worker().clientId();
            var here = cluster.master.environment.events();
            var there = cluster.workers.getFirst().environment.events();
            here.workerReport().addListener(event -> fired.add("worker_report " + event.clientId()));
            here.heartbeatSent().addListener(event -> fired.add("heartbeat_sent " + event.clientId()));
            there.reportToMaster().addListener(event -> fired.add("report_to_master " + event.clientId()));
            there.heartbeatReceived().addListener(event -> fired.add("heartbeat_received " + event.clientId()));
            Cluster.await("all are fired", () -> fired.size() == 4);
            assertThat(fired).containsExactly("heartbeat_received " + id, "heartbeat_sent " + id, "report_to_master " + id,
                "worker_report " + id);
            assertThat(cluster.master.events).containsExactly("worker_connect");
        }
    }

    @Test
    @Parity("UM-49") void aStopTestOfAWorkersTaskEndsTheWholeTest() {
        try (var log = new LogLines();
            var cluster = new Cluster(2, builder -> builder.userClasses(List.of(Ending.class, Cluster.Idle.class)).headless(false))) {
            cluster.runner().start(2, 1000);
            Cluster.await("the test has ended", () -> cluster.master.events.contains("test_stop"));
            log.await(Level.ERROR, "The shop is sold out.");
            assertThat(cluster.master.state()).isEqualTo(State.STOPPED);
            assertThat(cluster.usersOfWorkers()).isZero();
            assertThat(cluster.master.events).doesNotContain("quitting");
        }
    }

    @Test
    @Parity({"ST-13", "AC-36"}) void statisticsAreResetOnMasterAndWorkersWhenTheRampIsDone() {
        try (var cluster = new Cluster(2, builder -> builder.userClasses(List.of(Cluster.Busy.class)).resetStats(true))) {
            cluster.runner().start(8, 4);
            cluster.awaitUsers(8);
            for (var worker : cluster.workers)
                Cluster.await("it hears of the end of the ramp", () -> worker.events.contains("spawning_complete 8"));
            Cluster.await("requests after the reset are reported", () -> cluster.master.requests() > 0);
            cluster.runner().stop();
            assertThat(cluster.master.requests()).isPositive().isLessThan(Cluster.SENT.sum());
            assertThat(cluster.workers.stream().mapToLong(Cluster.Member::requests).sum()).isLessThan(Cluster.SENT.sum());
        }
    }

    @Test
    @Parity("PR-93") void aLocalRunnerHearsItsOwnMessages() {
        try (var log = new LogLines(); var alone = new Cluster.Member(new EnvironmentBuilder(), Cluster.FAST)) {
            var runner = alone.environment.createLocalRunner();
            var heard = new CopyOnWriteArrayList<String>();
            runner.registerMessage("names", List.class, (_, message) -> heard.add(message.data() + " of " + message.clientId()));
            runner.sendMessage("names", List.of("a", "b"));
            Cluster.await("it is heard", () -> heard.size() == 1);
            assertThat(heard).containsExactly("[a, b] of local");
            assertThat(log.at(Level.WARN)).isEmpty();
        }
    }

    @Test
    @Parity({"SD-151", "SD-153", "AC-41", "PR-49"}) void recordsMapsListsAndTimesGoBothWays() {
        record Item(String name, int count, List<Double> prices) {}
        record Order(Map<String, Item> items, Instant at, boolean paid) {}
        var order = new Order(Map.of("first", new Item("hat", 3, List.of(1.5, 2.0))), Instant.parse("2026-11-26T10:00:00.250Z"), true);
        try (var cluster = new Cluster(2, builder -> builder.userClasses(List.of(Cluster.Idle.class)))) {
            var back = new CopyOnWriteArrayList<Order>();
            cluster.runner().registerMessage("back", Order.class, (_, message) -> back.add(message.data()));
            for (var worker : cluster.workers)
                worker.environment.runner().registerMessage("there", Order.class,
                    (environment, message) -> environment.runner().sendMessage("back",
                        message.data()));
            cluster.runner().sendMessage("there", order);
            Cluster.await("both have sent it back", () -> back.size() == 2);
            assertThat(back).containsOnly(order);
            cluster.runner().sendMessage("there", order, cluster.runner().workers().getFirst());
            Cluster.await("one has sent it back", () -> back.size() == 3);
        }
    }
}
