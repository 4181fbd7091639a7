package io.katydid.cluster;

import io.katydid.api.MasterRunner;
import io.katydid.api.State;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.api.WorkerRunner;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.KernelEnvironment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Is a master and workers in one process, at ten times the pace of the reference; a worker may be silent for two seconds before it is missing. */
final class Cluster implements AutoCloseable {
    static final Pace FAST = patient(Pace.defaults().times(10));
    /** Is as fast, and no worker is ever missing: for tests whose workers say nothing by themselves. */
    static final Pace STILL = new Pace(FAST.heartbeat(), 100_000, FAST.dead(), FAST.report(), FAST.logs(), FAST.masterSilence(),
        FAST.connect(),
        FAST.greetings(), FAST.farewell(), Duration.ofSeconds(2));
    /** Counts what users asked for, whatever became of it. */
    static final LongAdder SENT = new LongAdder();
    final Member master;
    final List<Member> workers = new ArrayList<>();

    /** Calls something as fast as it can. */
    static class Busy extends User {
        @Override protected WaitTime waitTime() { return constant(0.001); }

        @Task void call() { measure("T", "call", SENT::increment); }
    }

    /** Does nothing. */
    static class Idle extends User {
        @Override protected WaitTime waitTime() { return constant(10); }

        @Task void rest() {}
    }

    /** Is one process of the cluster, with a record of what its events said. */
    static final class Member implements AutoCloseable {
        final KernelEnvironment environment;
        final List<String> events = new CopyOnWriteArrayList<>();

        Member(EnvironmentBuilder builder, Pace pace) {
            environment = builder.cluster(() -> new ZmqCluster(pace)).loops(1).build();
            var hooks = environment.events();
            hooks.testStart().addListener(_ -> events.add("test_start"));
            hooks.spawningComplete().addListener(event -> events.add("spawning_complete " + event.userCount()));
            hooks.testStopping().addListener(_ -> events.add("test_stopping"));
            hooks.testStop().addListener(_ -> events.add("test_stop"));
            hooks.quitting().addListener(_ -> events.add("quitting"));
            hooks.workerConnect().addListener(_ -> events.add("worker_connect"));
        }

        State state() { return environment.runner().state(); }

        int users() { return environment.runner().userCount(); }

        long requests() { return environment.stats().total().numRequests(); }

        WorkerRunner worker() { return (WorkerRunner) environment.runner(); }

        @Override public void close() {
            environment.close();
        }
    }

    private final Pace pace;
    private final Consumer<EnvironmentBuilder> settings;

    Cluster(int workers, Consumer<EnvironmentBuilder> settings) {
        this(FAST, workers, settings);
    }

    Cluster(Pace pace, int count, Consumer<EnvironmentBuilder> settings) {
        this.pace = pace;
        this.settings = settings;
        SENT.reset();
        master = new Member(builder(), pace);
        master.environment.createMasterRunner("127.0.0.1", 0);
        master.environment.init();
        for (int i = 0; i < count; i++) join();
    }

    private static Pace patient(Pace pace) {
        return new Pace(pace.heartbeat(), 20, pace.dead(), pace.report(), pace.logs(), pace.masterSilence(), pace.connect(),
            pace.greetings(),
            pace.farewell(), pace.stopGrace());
    }

    private EnvironmentBuilder builder() {
        var builder = new EnvironmentBuilder();
        settings.accept(builder);
        return builder;
    }

    MasterRunner runner() { return (MasterRunner) master.environment.runner(); }

    Member join() {
        var worker = new Member(builder(), pace);
        workers.add(worker);
        worker.environment.createWorkerRunner("127.0.0.1", runner().port());
        worker.environment.init();
        return worker;
    }

    void awaitUsers(int users) {
        await("the master is running with " + users + " users", () -> master.state() == State.RUNNING && master.users() == users);
    }

    int usersOfWorkers() { return workers.stream().mapToInt(Member::users).sum(); }

    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) throw new AssertionError("Not within 20 s: " + what);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override public void close() {
        master.close();
        workers.forEach(Member::close);
    }
}
