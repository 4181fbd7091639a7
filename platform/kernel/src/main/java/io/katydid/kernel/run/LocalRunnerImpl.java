package io.katydid.kernel.run;

import io.katydid.api.KatydidException;
import io.katydid.api.LoadTestShape;
import io.katydid.api.LocalRunner;
import io.katydid.api.MessageHandler;
import io.katydid.api.Registration;
import io.katydid.api.State;
import io.katydid.api.StopTest;
import io.katydid.api.Tick;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.UserDispatcher;
import io.katydid.api.event.SpawningComplete;
import io.katydid.api.event.TestStart;
import io.katydid.api.event.TestStop;
import io.katydid.api.event.TestStopping;
import io.katydid.api.stats.RequestStats;
import io.katydid.kernel.users.RunningUser;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs all users in this process. One lock orders start, stop and quit; users are never stopped under it by one of their own threads. */
public final class LocalRunnerImpl implements LocalRunner {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private static final double HIGH_RATE = 100;
    private final RunnerHome home;
    private final Population population;
    private final Messages messages;
    private final UsageMonitorTask usage;
    private final ScheduledExecutorService ticker = Executors
        .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("katydid-second").factory());
    private final CountDownLatch quitDone = new CountDownLatch(1);
    private final AtomicBoolean quitBegun = new AtomicBoolean();
    private final Object lock = new Object();
    private volatile State state = State.READY;
    private volatile int targetUserCount;
    private volatile @Nullable KernelRun run;
    private @Nullable Ramp ramp;
    private @Nullable ShapeTicker shape;
    private @Nullable UserDispatcher dispatcher;

    /** Makes a runner that is ready. */
    public LocalRunnerImpl(RunnerHome home) {
        this.home = home;
        population = new Population(home);
        messages = new Messages(home.environment());
        usage = new UsageMonitorTask(home);
        ticker.scheduleAtFixedRate(this::second, 1, 1, TimeUnit.SECONDS);
        ticker.scheduleAtFixedRate(usage::sample, UsageMonitorTask.EVERY_SECONDS, UsageMonitorTask.EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void second() {
        try {
            if (isActive()) home.reporters().snapshot(home.statistics().second(false));
        } catch (RuntimeException problem) {
            LOG.error("The statistics of a second could not be taken", problem);
        }
    }

    /** Takes in that a user has ended. */
    public void ended(RunningUser user) {
        population.remove(user);
    }

    /** Gives the present or the last run. */
    public Optional<KernelRun> run() { return Optional.ofNullable(run); }

    /** Takes in something that makes the figures doubtful. */
    public void fault(String what) {
        run().ifPresent(now -> now.fault(what));
    }

    /** Gives users per class. */
    public Map<String, Integer> userCounts() { return population.counts(); }

    /** Gives the seconds since the start. */
    public double runTime() { return run().map(KernelRun::seconds).orElse(0.0); }

    @Override public State state() { return state; }

    private boolean isActive() { return state == State.SPAWNING || state == State.RUNNING; }

    private synchronized void become(State next) {
        state = next;
    }

    /** Turns a ramp into a running test, unless it was stopped meanwhile. */
    private synchronized boolean rampEnds() {
        if (state != State.SPAWNING) return false;
        state = State.RUNNING;
        return true;
    }

    @Override public int userCount() { return population.count(); }

    @Override public int targetUserCount() { return targetUserCount; }

    @Override public RequestStats stats() { return home.statistics(); }

    @Override public List<User> users() { return population.users(); }

    @Override public void start(int userCount, double spawnRate) {
        start(userCount, spawnRate, List.of());
    }

    @Override public void start(int userCount, double spawnRate, List<Class<? extends User>> only) {
        check(userCount, spawnRate);
        synchronized (lock) {
            if (quitBegun.get()) throw new KatydidException("The runner has quit. Make a new environment for another test.");
            cancelRamp();
            if (!isActive()) begin(userCount, spawnRate);
            if (spawnRate > HIGH_RATE && home.carriers().all().size() * 100_000.0 < spawnRate) {
                LOG.warn("Your selected spawn rate is very high ({} per second): users may start later than asked for.", spawnRate);
            }
            LOG.info("Ramping to {} users at a rate of {} per second", userCount, String.format("%.2f", spawnRate));
            targetUserCount = userCount;
            become(State.SPAWNING);
            var plan = dispatcher;
            if (plan == null) throw new IllegalStateException("no dispatcher");
            var next = new Ramp(home, population, plan, userCount, spawnRate, only, this::rampDone);
            ramp = next;
            next.start();
        }
    }

    private static void check(int userCount, double spawnRate) {
        if (userCount < 0) throw new KatydidException("The number of users is " + userCount + ". Give 0 or more.");
        if (!(spawnRate > 0) || Double.isInfinite(spawnRate))
            throw new KatydidException("The spawn rate is " + spawnRate + " users per second. It must be > 0.");
    }

    private void begin(int userCount, double spawnRate) {
        home.beforeStart();
        home.statistics().clearAll();
        var parameters = new TreeMap<>(home.parameters());
        parameters.put("users", userCount);
        parameters.put("spawn-rate", spawnRate);
        run = new KernelRun(parameters);
        targetUserCount = userCount;
        dispatcher = home.dispatcher().create(home.environment().userClasses(), List.of(Ramp.WORKER));
        home.reporters().started(home.environment());
        try {
            home.events().testStart().fire(new TestStart(home.environment(), this));
        } catch (StopTest signal) {
            home.stopTest(signal);
        }
    }

    private void rampDone() {
        // Without the lock: whoever stops the test holds it.
        if (!rampEnds()) return;
        var counts = population.counts();
        home.environment().userClasses().stream().map(UserClass::name).forEach(name -> counts.putIfAbsent(name, 0));
        LOG.info("All users spawned: {} ({} total users)", json(counts), population.count());
        run().ifPresent(now -> now.mark("ramp done"));
        home.events().spawningComplete().fire(new SpawningComplete(home.environment(), population.count()));
        if (home.resetStats()) {
            LOG.info("Resetting stats");
            home.statistics().resetAll();
            run().ifPresent(now -> now.mark("statistics reset"));
        }
    }

    private static String json(Map<String, Integer> counts) {
        return counts.entrySet().stream().map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue()).toList().toString()
            .replaceFirst("^\\[", "{").replaceFirst("]$", "}");
    }

    @Override public void startShape() {
        LoadTestShape of = home.environment().shapeClass()
            .orElseThrow(() -> new KatydidException("There is no load shape to start. Give the environment one."));
        synchronized (lock) {
            if (shape != null) {
                LOG.info("There is an ongoing shape test running. Editing is disabled");
                return;
            }
            of.bind(home);
            var next = new ShapeTicker(of, this::follow, this::shapeEnded, this::shapeFailed);
            shape = next;
            next.start();
        }
    }

    private void follow(Tick tick) {
        start(tick.userCount(), tick.spawnRate(), tick.only());
    }

    private void shapeEnded() {
        if (home.headless()) {
            quit();
        } else {
            stop();
        }
    }

    private void shapeFailed(Throwable problem) {
        if (problem instanceof StopTest signal) {
            home.stopTest(signal);
            return;
        }
        home.statistics().exception(problem, "local");
        LOG.error("The load shape failed and the run is stopped: {}", problem.getMessage(),
            problem instanceof KatydidException ? null : problem);
        shapeEnded();
    }

    private void cancelRamp() {
        var running = ramp;
        ramp = null;
        if (running != null) running.cancel();
    }

    @Override public void stop() {
        if (isUser()) {
            Thread.ofPlatform().daemon().name("katydid-stop").start(this::stop);
            return;
        }
        synchronized (lock) {
            if (!isActive()) return;
            home.events().testStopping().fire(new TestStopping(home.environment(), this));
            become(State.CLEANUP);
            var ticking = shape;
            shape = null;
            if (ticking != null) ticking.cancel();
            cancelRamp();
            stopUsers();
            become(State.STOPPED);
            run().ifPresent(KernelRun::end);
            home.reporters().snapshot(home.statistics().second(true));
            usage.testEnded();
            home.events().testStop().fire(new TestStop(home.environment(), this));
        }
    }

    private void stopUsers() {
        try {
            Stopper.stop(population.all(), home.environment().stopTimeout(), home.drain());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells whether a user of this runner calls: it cannot wait for its own end. */
    private boolean isUser() {
        return population.all().stream().anyMatch(user -> user.thread().equals(Thread.currentThread()));
    }

    @Override public void quit() {
        if (isUser()) {
            Thread.ofPlatform().daemon().name("katydid-quit").start(this::quit);
            return;
        }
        if (!quitBegun.compareAndSet(false, true)) return;
        try {
            stop();
            home.quitting();
        } finally {
            quitDone.countDown();
        }
    }

    @Override public void join() throws InterruptedException {
        quitDone.await();
    }

    @Override public <T> Registration registerMessage(String type, Class<T> payload, MessageHandler<T> handler) {
        return messages.register(type, payload, handler, false);
    }

    @Override public <T> Registration registerMessageConcurrent(String type, Class<T> payload, MessageHandler<T> handler) {
        return messages.register(type, payload, handler, true);
    }

    @Override public void sendMessage(String type) {
        sendMessage(type, Map.of());
    }

    @Override public void sendMessage(String type, Object data) {
        messages.send(type, data);
    }

    @Override public void close() {
        quit();
        ticker.shutdownNow();
        messages.close();
    }
}
