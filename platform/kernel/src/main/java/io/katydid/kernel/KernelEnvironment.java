package io.katydid.kernel;

import io.katydid.api.Environment;
import io.katydid.api.KatydidException;
import io.katydid.api.LoadTestShape;
import io.katydid.api.LocalRunner;
import io.katydid.api.MasterRunner;
import io.katydid.api.Registration;
import io.katydid.api.Run;
import io.katydid.api.Runner;
import io.katydid.api.TaskRatios;
import io.katydid.api.ThrowingRunnable;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.WorkerRunner;
import io.katydid.api.cli.ParsedOptions;
import io.katydid.api.event.Init;
import io.katydid.api.event.ResetStats;
import io.katydid.api.stats.RequestStats;
import io.katydid.api.web.WebUI;
import io.katydid.api.web.WebUIOptions;
import io.katydid.kernel.event.KernelEvents;
import io.katydid.kernel.event.Owner;
import io.katydid.kernel.run.Cluster;
import io.katydid.kernel.run.LocalRunnerImpl;
import io.katydid.kernel.run.Rollover;
import io.katydid.kernel.run.TestRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Is the environment of one test. */
public final class KernelEnvironment implements Environment {
    /** What the init of a bundle's plugin may take before the start goes on without it. */
    private static final long INIT_SECONDS = 10;
    private final KernelEvents events;
    private final Extras bundles;
    private final Script script;
    private final BundleChange change;
    private final Ending ending;
    private volatile ParsedOptions parsedOptions;
    private final Map<String, String> labels;
    private final boolean catchExceptions;
    private volatile Optional<Duration> stopTimeout;
    private final Optional<WebTable> web;
    private final WebTable table;
    private final SharedObjects shared = new SharedObjects();
    private final Background background = new Background();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Home home;
    private final Supplier<Cluster> cluster;
    private final UserClasses userClasses;
    private volatile Optional<LoadTestShape> shape;
    private volatile Optional<String> host;
    private volatile @Nullable TestRunner runner;

    KernelEnvironment(EnvironmentBuilder builder) {
        events = builder.events;
        parsedOptions = builder.parsedOptions;
        labels = Map.copyOf(builder.labels);
        catchExceptions = builder.catchExceptions;
        stopTimeout = builder.stopTimeout;
        host = Optional.ofNullable(builder.host);
        shape = Optional.ofNullable(builder.shape);
        table = new WebTable(this, builder.webServer, Optional.ofNullable(builder.bundles));
        web = builder.headless ? Optional.empty() : Optional.of(table);
        home = new Home(this, builder);
        cluster = builder.cluster;
        bundles = new Extras(this, home.reporters(), builder.plugins);
        userClasses = new UserClasses(home);
        script = new Script(this, home, userClasses, builder);
        change = new BundleChange(this, home, bundles, script, userClasses, shared);
        ending = new Ending(this, home);
        userClasses.replace(userClasses.describe(builder.userClasses));
        script.listen(builder.scriptListeners);
        builder.recorder.home(home);
    }

    @Override public KernelEvents events() { return events; }

    @Override public RequestStats stats() { return home.statistics(); }

    @Override public Runner runner() {
        if (!(runner instanceof Runner made))
            throw new KatydidException("The environment has no runner yet. Create one first: environment.createLocalRunner().");
        return made;
    }

    Optional<TestRunner> test() { return Optional.ofNullable(runner); }

    @Override public ParsedOptions parsedOptions() { return parsedOptions; }

    @Override public Optional<WebUI> webUI() { return web.map(WebUI.class::cast); }

    @Override public List<UserClass> userClasses() { return List.copyOf(userClasses.all()); }

    @Override public void userClasses(List<Class<? extends User>> classes) {
        if (runner != null && runner.isActive())
            throw new KatydidException("The user classes cannot be replaced while a test runs. Stop the runner first.");
        userClasses.replace(userClasses.describe(classes));
    }

    /** Changes a user class as {@code --config-users} says: host, weight, fixed_count, tasks, or a field with {@code @Setting}. */
    public void updateUserClass(Map<String, Object> settings) {
        UserClasses.update(userClasses.all(), settings);
    }

    void freezeClasses() {
        userClasses.freeze();
    }

    @Override public Optional<LoadTestShape> shapeClass() { return shape; }

    @Override public void shapeClass(Optional<LoadTestShape> chosen) {
        shape = chosen;
    }

    @Override public Optional<String> host() { return host; }

    @Override public void host(String url) {
        host = url.isEmpty() ? Optional.empty() : Optional.of(url);
    }

    @Override public Map<String, String> labels() { return labels; }

    @Override public boolean catchExceptions() { return catchExceptions; }

    @Override public Optional<Duration> stopTimeout() { return ending.isAbandoned() ? Optional.empty() : stopTimeout; }

    @Override public OptionalInt processExitCode() { return ending.chosen(); }

    @Override public void processExitCode(int code) {
        ending.choose(code);
    }

    @Override public Optional<Run> run() { return test().flatMap(TestRunner::run).map(Run.class::cast); }

    @Override public TaskRatios taskRatios() {
        return Ratios.of(userClasses(), home.models(),
            parsedOptions.find("users").filter(Integer.class::isInstance).map(Integer.class::cast));
    }

    @Override public LocalRunner createLocalRunner() { return (LocalRunner) create(() -> new LocalRunnerImpl(home)); }

    @Override public MasterRunner createMasterRunner() { return createMasterRunner("*", 5557); }

    @Override public MasterRunner createMasterRunner(String bindHost, int bindPort) {
        return (MasterRunner) create(() -> cluster.get().master(home, bindHost, bindPort));
    }

    @Override public WorkerRunner createWorkerRunner(String masterHost, int masterPort) {
        return (WorkerRunner) create(() -> cluster.get().worker(home, masterHost, masterPort));
    }

    private synchronized TestRunner create(Supplier<TestRunner> make) {
        if (runner != null)
            throw new KatydidException("The environment has a runner already. One environment is one test; build another one.");
        var made = make.get();
        runner = made;
        try {
            made.open();
        } catch (RuntimeException problem) {
            runner = null;
            made.free();
            throw problem;
        }
        return made;
    }

    @Override public WebUI createWebUI() { return createWebUI(WebUIOptions.defaults()); }

    @Override public WebUI createWebUI(String address, int port) { return createWebUI(WebUIOptions.defaults().at(address, port)); }

    @Override public WebUI createWebUI(WebUIOptions chosen) {
        table.options(chosen);
        if (!chosen.delayedStart()) table.start();
        return table;
    }

    @Override public void init() {
        bundles.initEach(INIT_SECONDS);
        script.init();
        events.init().fire(initEvent());
        if (events.listenerFailed())
            throw new KatydidException("A listener of init failed, as the log says, so the run cannot start. Mend it.");
        test().ifPresent(TestRunner::initialised);
    }

    Init initEvent() { return new Init(this, runner(), webUI()); }

    /** Takes up the script when it was edited; for the runner, while no test runs. */
    void takeUpScript() {
        script.takeUp();
    }

    /** Takes over what a master decides for its workers. */
    void ordered(Optional<String> base, Optional<Duration> timeout, ParsedOptions values) {
        host = base;
        stopTimeout = timeout.filter(Duration::isPositive);
        parsedOptions = values;
    }

    /** Takes over what an edited script decides beside its classes. */
    void take(ScriptParts parts) {
        parsedOptions = parts.options();
        shape = parts.shape();
    }

    /** Tells whether the load shape that was started last has ended the test itself. */
    public boolean shapeCompleted() {
        return test().map(TestRunner::shapeCompleted).orElse(false);
    }

    /**
     * Takes up what became different among the bundles, in the middle of a test or not. Users of a script that was linked again go on until the end of their present task and are followed by users of
     * the newer compilation; those of a script that was not, because a bundle was taken away or no longer fits, go on as long as the test. {@code drained} is called when the last of them has gone, on a thread of its own.
     */
    public Optional<Rollover> update(LiveUpdate update, Runnable drained) {
        var made = new ArrayList<Rollover>(1);
        undisturbed(() -> {
            if (closed.get()) return;
            parsedOptions = update.options();
            change.take(update, drained).ifPresent(made::add);
        });
        return made.stream().findFirst();
    }

    /** Does something while nobody starts, stops or quits the runner. A listener of test_stop is called in such a moment already. */
    public void undisturbed(Runnable work) {
        test().ifPresentOrElse(running -> running.undisturbed(work), work);
    }

    /** Tells whether a test runs. */
    public boolean isActive() { return runner != null && runner.isActive(); }

    Owner scriptOwner() { return script.owner(); }

    @Override public <T> T shared(String name, Class<T> type, Supplier<? extends T> make) {
        return shared.get(name, type, make);
    }

    @Override public Registration every(Duration period, ThrowingRunnable work) { return Owner.own(background.every(period, work)); }

    void resetFired() {
        events.resetStats().fire(new ResetStats(this));
    }

    void quitting() {
        ending.quitting();
    }

    boolean isQuitting() { return ending.isQuitting(); }

    /** Tells whether an event listener threw: exit code 2 when nothing else decides. */
    public boolean listenerFailed() {
        return events.listenerFailed();
    }

    /** Decides the exit code: what a script said, else {@code onError} after a failure or exception, else 2 after a failing listener, else 0. */
    public int exitCode(int onError) {
        return ending.exitCode(onError);
    }

    /** Ends the test: stops users, fires {@code quitting}, decides the exit code, lets reporters finish, fires {@code quit}. A second call gives the same code. */
    public int shutdown(int onError) {
        return ending.shutdown(onError);
    }

    /**
     * Ends the test because somebody ends the process under it: as {@link #shutdown} does, but without waiting for whoever will not end. When the shutdown itself is held up, by a thread that ended the process
     * in the middle of one, reporters still get what was recorded and finish.
     */
    public void abandon(int onError) {
        ending.abandon(onError);
    }

    boolean isAbandoned() { return ending.isAbandoned(); }

    @Override public void close() {
        if (!closed.compareAndSet(false, true)) return;
        test().ifPresent(TestRunner::close);
        ending.close();
        background.close();
        table.close();
        script.close();
        bundles.close();
        shared.close();
        home.close();
    }
}
