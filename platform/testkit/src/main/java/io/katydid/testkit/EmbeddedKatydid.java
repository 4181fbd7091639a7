package io.katydid.testkit;

import io.katydid.api.Environment;
import io.katydid.api.LocalRunner;
import io.katydid.api.StopUser;
import io.katydid.api.User;
import io.katydid.api.stats.Snapshot;
import io.katydid.kernel.KernelEnvironment;
import io.katydid.kernel.run.LocalRunnerImpl;
import io.katydid.launcher.KatydidBuilder;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Is the platform inside a test: runs users, gives the statistics. One object is one test run.
 *
 * <pre>{@code
 * try (var server = TargetServer.open();
 *     var katydid = EmbeddedKatydid.open(Katydid.environment(BrowseUser.class).host(server.url()))) {
 *     var snapshot = katydid.runRequests(2, 10);
 *     assertThat(snapshot.total().numFailures()).isZero();
 * }
 * }</pre>
 */
public final class EmbeddedKatydid implements AutoCloseable {
    /** Is the bound of every wait that has none of its own. */
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final double AT_ONCE = 10_000;
    private final KernelEnvironment environment;
    private final LocalRunnerImpl runner;

    private EmbeddedKatydid(KernelEnvironment environment) {
        this.environment = environment;
        runner = (LocalRunnerImpl) environment.createLocalRunner();
    }

    /** Makes the environment and its runner and initialises its plugins; an exception of one of them is thrown. */
    public static EmbeddedKatydid open(KatydidBuilder builder) {
        return open((KernelEnvironment) builder.build());
    }

    static EmbeddedKatydid open(KernelEnvironment environment) {
        try {
            var made = new EmbeddedKatydid(environment);
            environment.init();
            return made;
        } catch (RuntimeException | Error problem) {
            environment.close();
            throw problem;
        }
    }

    /** Gives the environment. */
    public Environment environment() { return environment; }

    /** Gives the runner. */
    public LocalRunner runner() { return runner; }

    /** Runs users for a time, stops them and gives the statistics, the last request included. */
    public Snapshot runFor(int users, Duration time) throws InterruptedException {
        start(users);
        new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
        return stop();
    }

    /**
     * Runs users until each of them has made exactly so many requests on its own thread, and gives the statistics. A user that ends by itself earlier counts
     * as done; requests of {@code onStop} come on top. An {@link AssertionError} after 60 s.
     */
    public Snapshot runRequests(int users, int requestsEach) throws InterruptedException {
        var counts = new ConcurrentHashMap<User, AtomicLong>();
        try (var _ = environment.events().request().addListener(event -> {
            var user = event.user();
            if (user.isPresent() && counts.computeIfAbsent(user.get(), _ -> new AtomicLong()).incrementAndGet() == requestsEach)
                throw new StopUser();
        })) {
            start(users);
            Await.until(
                "each of the " + users + " users has made " + requestsEach + " requests (so far: " + counts.size() + " users made any)",
                BOUND, () -> runner.userCount() == 0);
            return stop();
        }
    }

    /** Runs users until a condition holds and gives the statistics; an {@link AssertionError} that names the condition after 60 s. */
    public Snapshot runUntil(int users, String what, BooleanSupplier condition) throws InterruptedException {
        start(users);
        Await.until(what, BOUND, condition);
        return stop();
    }

    /** Starts users, all at once, and returns when they are there. */
    public void start(int users) throws InterruptedException {
        var there = new CountDownLatch(1);
        try (var _ = environment.events().spawningComplete().addListener(_ -> there.countDown())) {
            runner.start(users, AT_ONCE);
            if (!there.await(BOUND.toSeconds(), TimeUnit.SECONDS))
                throw new AssertionError("The " + users + " users were not started within " + BOUND.toSeconds() + " s.");
        }
    }

    /** Stops all users and gives the statistics, the last request included. */
    public Snapshot stop() {
        runner.stop();
        return environment.stats().snapshot();
    }

    /** Ends the run as the launcher does: users stop, {@code quitting}, reporters finish, {@code quit}. Gives the exit code. */
    public int finish() {
        return environment.shutdown(1);
    }

    /** Gives how many users there are of each class now; a snapshot tells it of the last second. */
    public Map<String, Integer> userCounts() {
        return runner.userCounts();
    }

    @Override public void close() {
        environment.close();
    }
}
