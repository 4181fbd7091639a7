package io.katydid.http;

import io.katydid.api.Environment;
import io.katydid.api.Task;
import io.katydid.api.spi.UserRuntime;
import io.katydid.api.stats.StatsEntry;
import io.katydid.kernel.EnvironmentBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Is several users of one environment, each of which does the same once. Several crowds may run at a time. */
final class Crowd implements AutoCloseable {
    private static final Map<Environment, Crowd> CROWDS = new ConcurrentHashMap<>();
    private final Environment environment;
    private final OneUser.Setup options;
    private final Step step;
    private final CountDownLatch done;
    private final CountDownLatch leave = new CountDownLatch(1);
    private final List<Throwable> problems = new CopyOnWriteArrayList<>();

    /** Is what each user does. */
    @FunctionalInterface
    interface Step { void run(Member user) throws Exception; }

    /** Is one of them. */
    static final class Member extends HttpUser {
        UserRuntime line() { return runtimeForClient(); }

        @Override protected void configure(HttpOptions http) throws Exception {
            CROWDS.get(environment()).options.configure(http);
        }

        @Task void once() throws Exception {
            var crowd = CROWDS.get(environment());
            try {
                crowd.step.run(this);
            } catch (Exception | AssertionError problem) {
                crowd.problems.add(problem);
            }
            crowd.done.countDown();
            crowd.leave.await();
        }
    }

    Crowd(int users, int loops, String host, OneUser.Setup options, Step step) {
        this(users, host, options, step, builder -> builder.loops(loops));
    }

    Crowd(int users, String host, OneUser.Setup options, Step step, Consumer<EnvironmentBuilder> more) {
        this.options = options;
        this.step = step;
        done = new CountDownLatch(users);
        var builder = new EnvironmentBuilder().userClasses(List.of(Member.class)).host(host);
        more.accept(builder);
        environment = builder.build();
        CROWDS.put(environment, this);
        var runner = environment.createLocalRunner();
        environment.init();
        runner.start(users, users);
    }

    /** Waits until each has done it. */
    Crowd await() throws Exception {
        if (!done.await(20, TimeUnit.SECONDS)) throw new AssertionError(done.getCount() + " users are not done. " + problems);
        if (!problems.isEmpty()) throw new AssertionError(problems.getFirst());
        return this;
    }

    Environment environment() { return environment; }

    /** Ends the run, which completes its figures. */
    StatsEntry total() {
        environment.runner().quit();
        leave.countDown();
        return environment.stats().total();
    }

    @Override public void close() {
        total();
        environment.close();
        CROWDS.remove(environment);
    }
}
