package io.katydid.kernel.users;

import io.katydid.api.Environment;
import io.katydid.api.Registration;
import io.katydid.api.Scenario;
import io.katydid.api.StopUser;
import io.katydid.api.TaskBody;
import io.katydid.api.TaskList;
import io.katydid.api.TaskSet;
import io.katydid.api.ThrowingSupplier;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.UserState;
import io.katydid.api.WaitTime;
import io.katydid.api.spi.PendingVerdict;
import io.katydid.api.spi.RequestOutcome;
import io.katydid.api.spi.UserRuntime;
import io.katydid.carrier.Carrier;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Is one user while it runs: its thread, its line to the run, and its way to the end. */
public final class RunningUser implements UserRuntime {
    /** Is bound while a user's own thread runs, so that requests reported through the hooks know who made them. */
    static final ScopedValue<RunningUser> CURRENT = ScopedValue.newInstance();

    private final UserHome home;
    private final UserClass userClass;
    private final Class<? extends User> type;
    private final Carrier carrier;
    private final StopState stop = new StopState();
    private final AfterTask afterTask = new AfterTask();
    private final ScenarioStates states;
    private final UserLoop loop;
    private volatile @Nullable Thread thread;
    private volatile @Nullable User user;
    private @Nullable PendingVerdict verdict;

    /** Makes a user that does not run yet. */
    public RunningUser(UserHome home, UserClass userClass) {
        this.home = home;
        this.userClass = userClass;
        type = userClass.type();
        carrier = home.carriers().next();
        states = new ScenarioStates(home.models(), type, userClass);
        loop = new UserLoop(this, home, stop, states);
    }

    /** Gives the user of this home whose own thread calls. */
    public static Optional<RunningUser> current(UserHome home) {
        return CURRENT.isBound() && CURRENT.get().home.equals(home) ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Starts the user on its carrier. Its classes are found by name, and what it registers is the script's. */
    public void start(String name) {
        thread = carrier.spawn(name, () -> {
            // It may be under way before its starter gets the thread back, and its child threads must not be taken for it.
            thread = Thread.currentThread();
            Thread.currentThread().setContextClassLoader(type.getClassLoader());
            home.owner().with(ScopedValue.where(CURRENT, this)).run(loop);
        });
    }

    /** Tells whether the user has ended. */
    public boolean ended() {
        var running = thread;
        return running != null && !running.isAlive();
    }

    /** Lets the present task end; a user that waits stops at once. */
    public void finishTask() {
        if (stop.finishTask()) nudge();
    }

    /** Stops the user now; a request in flight is awaited for so long. */
    public void stopNow(long drainNanos) {
        stop.mark(drainNanos);
        nudge();
    }

    /** Interrupts a user that was told to stop, when that is due; called every 100 ms until it has ended. */
    public void nudge() {
        var running = thread;
        if (running != null) stop.interruptIfDue(running);
    }

    Carrier carrier() { return carrier; }

    /** Gives the class this user is made of; its description may have a newer one meanwhile. */
    public Class<? extends User> type() {
        return type;
    }

    void born(User made) {
        user = made;
    }

    /** Gives the user, when its constructor has returned. */
    public Optional<User> madeUser() { return Optional.ofNullable(user); }

    @Override public Environment environment() { return home.environment(); }

    @Override public User user() {
        var made = user;
        if (made == null) throw new IllegalStateException("The user is still being constructed: ask for it in onStart().");
        return made;
    }

    @Override public UserClass userClass() { return userClass; }

    @Override public Thread thread() {
        var running = thread;
        return running == null ? Thread.currentThread() : running;
    }

    @Override public String host() { return home.environment().host().or(userClass::host).orElseGet(() -> user().host()); }

    @Override public Map<String, Object> context() {
        var made = user;
        return made == null ? Map.of() : Hooks.context(made);
    }

    @Override public void sleep(double seconds) {
        checkpoint();
        if (seconds > 0) pause(nanosIn(seconds));
        checkpoint();
    }

    /** Gives the {@link System#nanoTime} in so many seconds; without an end is as good as 30 years. */
    static long nanosIn(double seconds) {
        return System.nanoTime() + (long) (Math.min(seconds, 1e9) * 1e9);
    }

    /** Parks until the time is over or the user is told to stop; an interrupt of the script's own ends it too and stays set. */
    void pause(long endNanos) {
        while (true) {
            long left = endNanos - System.nanoTime();
            if (left <= 0 || stop.stopping()) return;
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                if (stop.stopping()) Thread.interrupted();
                return;
            }
        }
    }

    @Override public <T, X extends Exception> T blocking(ThrowingSupplier<T, X> call) throws X {
        checkpoint();
        try {
            return home.carriers().blocking(call::get);
        } catch (CancellationException interrupted) {
            if (stop.stopping()) Thread.interrupted();
            checkpoint();
            throw interrupted;
        }
    }

    @Override public WaitTime inheritedWaitTime(Scenario scenario) throws Exception { return states.inheritedWaitTime(scenario); }

    @Override public void replaceTasks(Scenario scenario, TaskList tasks) {
        states.replaceTasks(scenario, tasks);
    }

    @Override public void schedule(TaskSet where, Object task, boolean first) {
        if (!(task instanceof TaskBody) && !(task instanceof Class<?>))
            throw new IllegalArgumentException("A task is code or the class of a task set, not " + task + ".");
        states.schedule(where, task, first);
    }

    @Override public void checkpoint() {
        // A verdict left open is the user's own thread's: a child thread knows nothing of its block.
        if (Thread.currentThread().equals(thread())) settle(null);
        if (stop.stopping() && isOwnThread()) {
            Thread.interrupted();
            throw new StopUser();
        }
    }

    /** Ends the user when it was told to stop, or to end with its task. */
    void stopIfTold() {
        checkpoint();
        if (stop.finishing()) throw new StopUser();
    }

    private boolean isOwnThread() { return Thread.currentThread().equals(thread) || (CURRENT.isBound() && CURRENT.get().equals(this)); }

    @Override public UserState userState() { return stop.state(); }

    @Override public boolean stop(boolean force) {
        if (force) {
            home.stopNow(this);
            checkpoint();
            return true;
        }
        boolean waits = stop.finishTask();
        if (waits) nudge();
        return waits;
    }

    @Override public boolean stopping() { return stop.stopping(); }

    @Override public void exchangeStarted() {
        stop.exchangeStarted();
        // Whoever stops users marks them first and then looks for requests in flight; looking again here, one of both sees the other.
        if (stop.stopping() && isOwnThread()) {
            stop.exchangeEnded();
            Thread.interrupted();
            throw new StopUser();
        }
    }

    @Override public void exchangeEnded() {
        stop.exchangeEnded();
    }

    @Override public void record(RequestOutcome outcome) {
        home.statistics().record(carrier, outcome, outcome.durationNanos());
        if (home.wantsRequests()) home.fire(new FiredRequest(outcome, outcome.durationNanos(), context(), user));
    }

    @Override public void cancelled(String requestType, String name) {
        home.statistics().cancelled(requestType, name);
    }

    @Override public void defer(PendingVerdict pending) {
        settle(null);
        verdict = pending;
    }

    @Override public Registration afterTask(Consumer<String> work) { return afterTask.add(work); }

    AfterTask afterTask() { return afterTask; }

    /** Judges a request that was left without a verdict. */
    void settle(@Nullable Throwable taskException) {
        var pending = verdict;
        if (pending == null) return;
        verdict = null;
        pending.settle(taskException);
    }

    /** Waits at most so long for the thread to end. */
    public void join(long millis) throws InterruptedException {
        var running = thread;
        if (running != null) running.join(Duration.ofMillis(millis));
    }
}
