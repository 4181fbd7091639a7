package io.katydid.kernel.run;

import io.katydid.api.MessageHandler;
import io.katydid.api.Registration;
import io.katydid.api.State;
import io.katydid.api.StopTest;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.event.SpawningComplete;
import io.katydid.api.event.TestStart;
import io.katydid.api.event.TestStop;
import io.katydid.api.event.TestStopping;
import io.katydid.api.stats.RequestStats;
import io.katydid.kernel.users.RunningUser;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts, changes and ends the test of an environment, wherever its users are: that is known to its crew. One thread at a time starts, stops or quits; a
 * listener it calls may do so again, and what is ordered last counts. A user that stops or quits does not wait for it.
 *
 * <p>Has the methods of {@link io.katydid.api.Runner}, which is sealed: each runner extends this and implements its own interface of the API.
 */
public abstract class TestRunner {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private final RunnerHome home;
    private final Population population;
    private final Crew crew;
    private final Messages messages;
    private final UsageMonitorTask usage;
    private final ScheduledExecutorService ticker = Executors
        .newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("katydid-second").factory());
    private final Quitting quitting = new Quitting();
    private final Phase phase = new Phase();
    private final Turn turn;
    private final Aside stopAside = new Aside("katydid-stop", this::stop);
    private final Aside quitAside = new Aside("katydid-quit", this::quit);
    private final Seconds seconds;
    private final Shaping shaping;
    private volatile @Nullable KernelRun run;
    // The turn guards these.
    private final Planning planning;
    private long orders;
    private boolean stopping;
    private boolean announcing;

    /** Makes a runner that is ready; the population is of the users of this process, if there are any. */
    protected TestRunner(RunnerHome home, Population population, Crew crew) {
        this.home = home;
        this.population = population;
        this.crew = crew;
        turn = new Turn(home);
        planning = new Planning(home, crew);
        messages = new Messages(home.environment(), payloads());
        usage = new UsageMonitorTask(home);
        seconds = new Seconds(home, this::state);
        shaping = new Shaping(home, turn, tick -> start(tick.userCount(), tick.spawnRate(), tick.only()), this::shapeEnded);
        seconds.startOn(ticker);
        ticker.scheduleAtFixedRate(usage::sample, UsageMonitorTask.EVERY_SECONDS, UsageMonitorTask.EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Takes in that a user has ended. */
    public void ended(RunningUser user) {
        population.remove(user);
    }

    /** Stops one user now; a thread of its own sees to it that it ends. */
    public void stopNow(RunningUser user) {
        user.stopNow(home.drain().toNanos());
        Thread.ofPlatform().daemon().name("katydid-user-stop").start(() -> Stopper.stopNow(List.of(user), home));
    }

    /** Gives the present or the last run. */
    public Optional<KernelRun> run() { return Optional.ofNullable(run); }

    /** Takes in something that makes the figures doubtful. */
    public void fault(String what) {
        run().ifPresent(now -> now.fault(what));
    }

    /** Waits for users to go, replacing each by one of the same class when they are to be rolled; then calls {@code drained}, on a thread of its own. */
    public Rollover leave(Function<RunningUser, Optional<Rollover.Way>> ways, Runnable drained) {
        return new Rollover(population, ways, planning.spawnRate(), drained).start();
    }

    /** Brings users of these classes back to the number the last ramp wanted; called in the turn. */
    public void refill(Collection<UserClass> types) {
        if (types.isEmpty() || !isActive() || !(crew instanceof LocalCrew local)) return;
        phase.ramp().ifPresent(ramp -> local.refill(ramp, types));
    }

    /** Does something while nobody starts, stops or quits. */
    public void undisturbed(Runnable work) {
        turn.take();
        try {
            work.run();
        } finally {
            turn.end();
        }
    }

    /** Gives users per class. */
    public Map<String, Integer> userCounts() { return crew.counts(); }

    /** Gives the seconds since the start. */
    public double runTime() { return run().map(KernelRun::seconds).orElse(0.0); }

    /** Gives the state. */
    public State state() { return phase.state(); }

    /** Tells whether a test runs. */
    public boolean isActive() { return phase.isActive(); }

    /** Gives the number of users. */
    public int userCount() { return crew.count(); }

    /** Gives the number of users asked for. */
    public int targetUserCount() { return planning.userCount(); }

    /** Gives the statistics. */
    public RequestStats stats() { return home.statistics(); }

    /** Gives the users of this process. */
    public List<User> users() { return population.users(); }

    /** Starts a test or changes it. */
    public void start(int userCount, double spawnRate) {
        start(userCount, spawnRate, List.of());
    }

    /** Starts a test or changes it, with these classes from now on. */
    public void start(int userCount, double spawnRate, List<Class<? extends User>> only) {
        Planning.check(userCount, spawnRate);
        order("start(…)", userCount, spawnRate, () -> {
            crew.ordered(userCount, spawnRate);
            return planning.plan(userCount, spawnRate, only);
        });
    }

    /** Starts a test or changes it to exactly these users per class, at once; for somebody else who has planned it. */
    protected void follow(Map<String, Integer> counts) {
        var plan = Planning.exactly(counts);
        order("spawn", plan.userCount(), plan.spawnRate(), () -> plan);
    }

    /** Begins a test, without users yet, for somebody else who will order them; nothing when one runs. */
    protected void prepare() {
        turn.take();
        try {
            if (!leavesOut("the preparation") && !isActive()) begin(0, 1);
        } finally {
            turn.end();
        }
    }

    private void order(String what, int userCount, double spawnRate, Supplier<Ramp.Plan> plan) {
        turn.take();
        try {
            if (leavesOut(what) || !crew.ready()) return;
            long order = ++orders;
            phase.cancelRamp();
            if (!isActive()) begin(userCount, spawnRate);
            // A listener of test_start may have stopped the test or given another number.
            if (orders == order) ramp(plan.get());
        } finally {
            turn.end();
        }
    }

    /** Tells whether a test that is ending gets no new users; after a quit it is an error. */
    private boolean leavesOut(String what) {
        quitting.refuseAfterwards();
        if (quitting.hasBegun()) LOG.info("The runner is quitting: {} is left out.", what);
        else if (stopping) LOG.warn("The test is stopping: {} is left out. Start another one when test_stop has fired.", what);
        return quitting.hasBegun() || stopping;
    }

    private void ramp(Ramp.Plan plan) {
        planning.ordered(plan);
        var next = new Ramp(home, crew, plan, this::rampDone);
        phase.ramps(next);
        next.start();
    }

    /** Takes in that the workers of the crew are others now; {@code restart} plans a running test anew for them. Waits for whoever starts or stops the test. */
    protected void crewChanged(boolean restart) {
        turn.take();
        try {
            if (!isActive() || stopping) return;
            planning.crewChanged();
            if (restart && state() == State.RUNNING && !crew.workers().isEmpty())
                start(planning.userCount(), planning.spawnRate(), planning.chosen());
        } finally {
            turn.end();
        }
    }

    private void begin(int userCount, double spawnRate) {
        home.beforeStart();
        home.statistics().clearAll();
        var parameters = new TreeMap<>(home.parameters());
        parameters.put("users", userCount);
        parameters.put("spawn-rate", spawnRate);
        var next = new KernelRun(parameters);
        run = next;
        seconds.begin(next);
        crew.open(next);
        planning.begin(userCount);
        home.reporters().started(home.environment());
        phase.become(State.SPAWNING);
        home.events().announce(home.events().testStart(), new TestStart(home.environment(), home.environment().runner()))
            .ifPresent(signal -> {
                orders++;
                home.stopTest(signal);
            });
    }

    /** Runs without the turn: whoever stops the test has it. */
    private void rampDone(Ramp which) {
        if (!phase.rampEnds(which)) return;
        spawned();
    }

    /** Says that all users of an order are there. */
    protected void spawned() {
        var counts = new TreeMap<>(crew.counts());
        home.environment().userClasses().stream().map(UserClass::name).forEach(name -> counts.putIfAbsent(name, 0));
        int userCount = counts.values().stream().mapToInt(Integer::intValue).sum();
        LOG.info("All users spawned: {} ({} total users)", json(counts), userCount);
        run().ifPresent(now -> now.mark("ramp done"));
        spawnedEverywhere(userCount);
    }

    /** Tells listeners that all users of the test are there, and resets the statistics when that is wanted. */
    protected void spawnedEverywhere(int userCount) {
        home.events().spawningComplete().fire(new SpawningComplete(home.environment(), userCount));
        if (home.resetStats()) reset();
    }

    private void reset() {
        if (seconds.reset(this::isActive)) run().ifPresent(now -> now.mark("statistics reset"));
    }

    private static String json(Map<String, Integer> counts) {
        return counts.entrySet().stream().map(entry -> "\"" + entry.getKey() + "\": " + entry.getValue()).toList().toString()
            .replaceFirst("^\\[", "{").replaceFirst("]$", "}");
    }

    /** Starts the load shape of the environment. */
    public void startShape() {
        turn.take();
        try {
            if (leavesOut("startShape()")) return;
            if (shaping.isOngoing()) {
                LOG.info("There is an ongoing shape test running. Editing is disabled");
                return;
            }
            if (!isActive()) home.takeUpScript();
            shaping.start();
        } finally {
            turn.end();
        }
    }

    /** Tells whether the shape that was started last has ended the test itself. */
    public boolean shapeCompleted() {
        return shaping.isCompleted();
    }

    private void shapeEnded() {
        if (home.headless()) {
            quit();
        } else {
            stop();
        }
    }

    /** Stops all users and waits for it, except when a user of this runner calls it. */
    public void stop() {
        if (RunningUser.current(home).isPresent()) {
            stopAside.begin();
            return;
        }
        boolean quits = false;
        turn.take();
        try {
            orders++;
            shaping.cancel();
            if (isActive() && !stopping) end();
        } finally {
            quits = !stopping && !announcing && quitting.goesOn();
            turn.end();
            if (quits) quitEnds();
        }
    }

    /** Gives reporters all that was recorded so far as the last of the test, for a process that ends under it. */
    public void lastSnapshot() {
        if (run != null) seconds.cutShort();
    }

    private void end() {
        stopping = true;
        try {
            home.events().announce(home.events().testStopping(), new TestStopping(home.environment(), home.environment().runner()));
            phase.become(crew.ending());
            phase.cancelRamp();
            crew.end();
            seconds.end(() -> {
                phase.become(State.STOPPED);
                run().ifPresent(KernelRun::end);
            });
            usage.testEnded();
        } finally {
            stopping = false;
        }
        announcing = true;
        try {
            home.events().announce(home.events().testStop(), new TestStop(home.environment(), home.environment().runner()));
        } finally {
            announcing = false;
        }
    }

    /** Ends the test because a script asks for it, and the process too when it is headless. Does not wait; each of many users may ask: it is said once. */
    public void stopTest(StopTest signal) {
        (home.headless() ? quitAside : stopAside).begin(() -> {
            LOG.error("{}", signal.reason());
            LOG.warn("Stopping Katydid...");
        });
    }

    /** Stops the test and fires {@code quitting}. */
    public void quit() {
        if (quitting.hasBegun()) return;
        if (RunningUser.current(home).isPresent()) {
            quitAside.begin();
            return;
        }
        if (!quitting.begin()) return;
        // A listener of the stop under way asks: first that stop is brought to its end.
        if (turn.isMine() && (stopping || announcing)) {
            quitting.goesOnLater();
            return;
        }
        try {
            stop();
        } finally {
            quitEnds();
        }
    }

    private void quitEnds() {
        try {
            announceQuit();
        } finally {
            quitting.end();
        }
    }

    private void announceQuit() {
        try {
            leave();
        } finally {
            home.quitting();
        }
    }

    /** Does what the end of the runner takes beside the end of its test, before {@code quitting} is fired. */
    protected void leave() {}

    /** Waits until {@link #quit} is done. */
    public void join() throws InterruptedException {
        quitting.await();
    }

    /** Takes custom messages of a type, one after the other. */
    public <T> Registration registerMessage(String type, Class<T> payload, MessageHandler<T> handler) {
        return messages.register(type, payload, handler, false);
    }

    /** Takes custom messages of a type, each on a thread of its own. */
    public <T> Registration registerMessageConcurrent(String type, Class<T> payload, MessageHandler<T> handler) {
        return messages.register(type, payload, handler, true);
    }

    /** Makes the data of messages what their handlers take. */
    protected Messages.Payloads payloads() { return Messages::asIs; }

    /** Takes in that plugins and listeners of init are ready for a test. */
    public void initialised() {}

    /** Begins to be there for others; called once, when it is the runner of its environment. */
    public void open() {}

    /** Stops the test, for somebody who must not wait. */
    protected void stopLater() {
        stopAside.begin();
    }

    /** Quits, for somebody who must not wait. */
    protected void quitLater() {
        quitAside.begin();
    }

    /** Takes in an exception of a user's that is counted already. */
    public void failed(Throwable problem) {}

    /** Gives what this process used of a core in the last ten seconds, in percent; more than 100 when it used several. */
    protected double cpuPercent() {
        return usage.percent();
    }

    /** Gives the number of loops that users of this process run on. */
    protected int loops() { return home.carriers().all().size(); }

    /** Gives the memory this process has in use, in bytes. */
    protected static long memoryBytes() { return UsageMonitorTask.memory(); }

    /** Gives the handlers of custom messages. */
    protected Messages messages() { return messages; }

    /** Gives what the runner needs of its environment. */
    protected RunnerHome home() { return home; }

    /** Quits when that was not done, and frees what the runner has. */
    public void close() {
        quit();
        // A listener that closes is part of the quit itself.
        if (!turn.isMine() && !home.isQuitting()) quitting.join();
        free();
    }

    /** Frees what the runner has, without an end. */
    public void free() {
        ticker.shutdownNow();
        messages.close();
    }
}
