package io.katydid.kernel;

import io.katydid.api.State;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.api.Task;
import io.katydid.kernel.run.LocalRunnerImpl;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Is an environment whose users call a client that counts, with a record of what its events said. */
final class Stage implements AutoCloseable {
    /** Counts what the client was asked for, whatever became of it. */
    static final LongAdder SENT = new LongAdder();

    final KernelEnvironment environment;
    final LocalRunnerImpl runner;
    final List<String> events = new CopyOnWriteArrayList<>();
    final AtomicInteger listenerErrors = new AtomicInteger();

    /** Calls the client as fast as it can. */
    static class Busy extends User {
        @Override protected WaitTime waitTime() { return constant(0.0005); }

        @Task void call() { measure("T", "call", SENT::increment); }
    }

    private Stage(EnvironmentBuilder builder) {
        SENT.reset();
        environment = builder.build();
        var hooks = environment.events();
        hooks.testStart().addListener(_ -> events.add("test_start"));
        hooks.spawningComplete().addListener(event -> events.add("spawning_complete " + event.userCount()));
        hooks.testStopping().addListener(_ -> events.add("test_stopping"));
        hooks.testStop().addListener(_ -> events.add("test_stop"));
        hooks.quitting().addListener(_ -> events.add("quitting"));
        hooks.quit().addListener(_ -> events.add("quit"));
        runner = (LocalRunnerImpl) environment.createLocalRunner();
    }

    static Stage of(Class<? extends User> type) { return of(type, _ -> {}); }

    static Stage of(Class<? extends User> type, Consumer<EnvironmentBuilder> settings) {
        var builder = new EnvironmentBuilder().userClasses(List.of(type)).loops(2);
        settings.accept(builder);
        return new Stage(builder);
    }

    /** Fires init; listeners that a test adds before it come after those that keep the record. */
    Stage ready() {
        environment.init();
        return this;
    }

    void awaitState(State state) {
        Runs.await(() -> runner.state() == state);
    }

    void awaitUsers(int users) {
        Runs.await(() -> runner.state() == State.RUNNING && runner.userCount() == users);
    }

    long requests() { return environment.stats().total().numRequests(); }

    long cancelled() {
        return environment.stats().snapshot().cancelled().values().stream().mapToLong(Long::longValue).sum();
    }

    long count(String event) { return events.stream().filter(event::equals).count(); }

    @Override public void close() {
        environment.close();
    }
}
