package io.katydid.kernel;

import io.katydid.api.Environment;
import io.katydid.api.KatydidException;
import io.katydid.api.LoadTestShape;
import io.katydid.api.LocalRunner;
import io.katydid.api.MasterRunner;
import io.katydid.api.Registration;
import io.katydid.api.Reporter;
import io.katydid.api.Run;
import io.katydid.api.Runner;
import io.katydid.api.TaskRatios;
import io.katydid.api.ThrowingRunnable;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.WorkerRunner;
import io.katydid.api.cli.ParsedOptions;
import io.katydid.api.event.Init;
import io.katydid.api.event.Quit;
import io.katydid.api.event.Quitting;
import io.katydid.api.event.ResetStats;
import io.katydid.api.stats.RequestStats;
import io.katydid.api.web.WebUI;
import io.katydid.api.web.WebUIOptions;
import io.katydid.kernel.event.KernelEvents;
import io.katydid.kernel.event.Owner;
import io.katydid.kernel.run.LocalRunnerImpl;
import io.katydid.kernel.run.Rollover;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is the environment of one test. */
public final class KernelEnvironment implements Environment {
    /** What the init of a bundle's plugin may take before the start goes on without it. */
    private static final long INIT_SECONDS = 10;
    /** What it may take in the middle of a run, where a start or stop has to wait for it. */
    private static final long LATE_INIT_SECONDS = 1;
    private static final Duration ABANDON = Duration.ofSeconds(8);
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private final KernelEvents events;
    private final Extras bundles;
    private final Optional<ScriptSource> source;
    private volatile Extras script;
    /** Is why no test can start until the script is edited again. */
    private Optional<KatydidException> scriptProblem = Optional.empty();
    private volatile ParsedOptions parsedOptions;
    private final Map<String, String> labels;
    private final boolean catchExceptions;
    private final Optional<Duration> stopTimeout;
    private volatile boolean abandoned;
    private final Optional<WebTable> web;
    private final WebTable table;
    private final SharedObjects shared = new SharedObjects();
    private final Background background = new Background();
    private final AtomicBoolean quittingFired = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Home home;
    private volatile List<UserClassImpl> userClasses = List.of();
    private volatile Optional<LoadTestShape> shape;
    private volatile Optional<String> host;
    private volatile OptionalInt processExitCode = OptionalInt.empty();
    private volatile @Nullable LocalRunnerImpl runner;
    private volatile @Nullable Thread quitter;
    private volatile OptionalInt shutDown = OptionalInt.empty();

    KernelEnvironment(EnvironmentBuilder builder) {
        events = builder.events;
        source = Optional.ofNullable(builder.source);
        parsedOptions = builder.parsedOptions;
        labels = Map.copyOf(builder.labels);
        catchExceptions = builder.catchExceptions;
        stopTimeout = builder.stopTimeout;
        host = Optional.ofNullable(builder.host);
        shape = Optional.ofNullable(builder.shape);
        table = new WebTable(this, builder.webServer, Optional.ofNullable(builder.bundles));
        web = builder.headless ? Optional.empty() : Optional.of(table);
        home = new Home(this, builder);
        bundles = new Extras(this, home.reporters(), builder.plugins);
        script = new Extras(this, home.reporters(), builder.scriptPlugins);
        userClasses = describe(builder.userClasses);
        script.listen(builder.scriptListeners);
        builder.recorder.home(home);
    }

    @Override public KernelEvents events() { return events; }

    @Override public RequestStats stats() { return home.statistics(); }

    @Override public Runner runner() {
        var made = runner;
        if (made == null)
            throw new KatydidException("The environment has no runner yet. Create one first: environment.createLocalRunner().");
        return made;
    }

    Optional<LocalRunnerImpl> local() { return Optional.ofNullable(runner); }

    @Override public ParsedOptions parsedOptions() { return parsedOptions; }

    @Override public Optional<WebUI> webUI() { return web.map(WebUI.class::cast); }

    @Override public List<UserClass> userClasses() { return List.copyOf(userClasses); }

    @Override public void userClasses(List<Class<? extends User>> classes) {
        if (runner != null && runner.isActive())
            throw new KatydidException("The user classes cannot be replaced while a test runs. Stop the runner first.");
        userClasses = describe(classes);
    }

    private List<UserClassImpl> describe(List<Class<? extends User>> classes) {
        var made = new ArrayList<UserClassImpl>();
        for (var type : classes) {
            for (var other : made) {
                if (other.name().equals(type.getSimpleName()) && other.type() != type) {
                    throw new KatydidException(
                        "The following user classes have the same class name: " + other.type().getName() + ", " + type.getName()
                            + ". Rename one of them.");
                }
            }
            if (made.stream().noneMatch(other -> other.type() == type)) made.add(new UserClassImpl(type, home.models()));
        }
        made.sort((a, b) -> a.name().compareTo(b.name()));
        if (home.equalWeights()) made.forEach(type -> type.weight(1));
        for (var type : made) home.models().check(type.type());
        return List.copyOf(made);
    }

    /** Changes a user class as {@code --config-users} says: host, weight, fixed_count, tasks, or a field with {@code @Setting}. */
    public void updateUserClass(Map<String, Object> settings) {
        update(userClasses, settings);
    }

    private static void update(List<UserClassImpl> classes, Map<String, Object> settings) {
        var name = String.valueOf(settings.get("user_class_name"));
        var type = classes.stream().filter(other -> other.name().equals(name)).findFirst()
            .orElseThrow(() -> new KatydidException("--config-users: there is no user class '" + name + "'. There are "
                + classes.stream().map(UserClass::name).toList() + "."));
        settings.forEach((key, value) -> {
            switch (key) {
                case "user_class_name" -> {}
                case "host" -> type.host(String.valueOf(value));
                case "weight" -> type.weight(((Number) value).doubleValue());
                case "fixed_count" -> type.fixedCount(((Number) value).intValue());
                case "tasks" -> type.tasks(((List<?>) value).stream().map(String::valueOf).toList());
                default -> type.setting(key, value);
            }
        });
    }

    void checkClasses() {
        if (userClasses.isEmpty()) throw new KatydidException("There is no user class to run. Give the environment at least one.");
        var weighted = userClasses.stream().filter(type -> type.weight() > 0 || type.fixedCount() > 0).toList();
        if (weighted.isEmpty()) throw new KatydidException("There are no users with weight > 0. Give one of the classes a weight.");
        userClasses = weighted;
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

    @Override public Optional<Duration> stopTimeout() { return abandoned ? Optional.empty() : stopTimeout; }

    @Override public OptionalInt processExitCode() { return processExitCode; }

    @Override public void processExitCode(int code) {
        processExitCode = OptionalInt.of(code);
    }

    @Override public Optional<Run> run() { return local().flatMap(LocalRunnerImpl::run).map(Run.class::cast); }

    @Override public TaskRatios taskRatios() {
        return Ratios.of(userClasses(), home.models(),
            parsedOptions.find("users").filter(Integer.class::isInstance).map(Integer.class::cast));
    }

    @Override public synchronized LocalRunner createLocalRunner() {
        if (runner != null)
            throw new KatydidException("The environment has a runner already. One environment is one test; build another one.");
        var made = new LocalRunnerImpl(home);
        runner = made;
        return made;
    }

    @Override public MasterRunner createMasterRunner() { return createMasterRunner("*", 5557); }

    @Override public MasterRunner createMasterRunner(String bindHost, int bindPort) {
        throw new KatydidException("A master on " + bindHost + ":" + bindPort
            + " cannot be created: this build of Katydid runs in one process. Use createLocalRunner().");
    }

    @Override public WorkerRunner createWorkerRunner(String masterHost, int masterPort) {
        throw new KatydidException("A worker of " + masterHost + ":" + masterPort
            + " cannot be created: this build of Katydid runs in one process. Use createLocalRunner().");
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
    }

    private Init initEvent() { return new Init(this, runner(), webUI()); }

    /** Takes up the script when it was edited; for the runner, while no test runs. */
    void takeUpScript() {
        source.ifPresent(from -> from.edited(this::takeUp));
        var problem = scriptProblem;
        if (problem.isPresent()) throw problem.get();
    }

    /** Until the old script is closed anything may be wrong with the new one, and the old one stays. */
    private void takeUp(ScriptParts parts) {
        var described = describe(parts.userClasses());
        parts.userSettings().forEach(settings -> update(described, settings));
        script.close();
        events.forget();
        home.forgetClasses();
        var known = events.init().listeners();
        script = new Extras(this, home.reporters(),
            parts.plugins().stream().map(plugin -> new EnvironmentBuilder.OwnedPlugin(plugin.getClass().getSimpleName(), plugin)).toList());
        parsedOptions = parts.options();
        userClasses = described;
        shape = parts.shape();
        script.listen(parts.listeners());
        scriptProblem = Optional.empty();
        LOG.info("The script was edited: this start uses the edited one.");
        try {
            script.init();
        } catch (KatydidException problem) {
            scriptProblem = Optional.of(problem);
            return;
        }
        for (var listener : events.init().listeners()) {
            if (!known.contains(listener)) events.call(listener, initEvent());
        }
    }

    /** Tells whether the load shape that was started last has ended the test itself. */
    public boolean shapeCompleted() {
        return local().map(LocalRunnerImpl::shapeCompleted).orElse(false);
    }

    /**
     * Takes up what became different among the bundles, in the middle of a test or not. Users of a script that was linked again go on until the end of their present task and are followed by users of
     * the newer compilation; those of a script that was not, because a bundle was taken away or no longer fits, go on as long as the test. {@code drained} is called when the last of them has gone, on a thread of its own.
     */
    public Optional<Rollover> update(LiveUpdate update, Runnable drained) {
        var made = new ArrayList<Rollover>(1);
        undisturbed(() -> change(update, drained).ifPresent(made::add));
        return made.stream().findFirst();
    }

    /** Does something while nobody starts, stops or quits the runner. A listener of test_stop is called in such a moment already. */
    public void undisturbed(Runnable work) {
        local().ifPresentOrElse(running -> running.undisturbed(work), work);
    }

    private Optional<Rollover> change(LiveUpdate update, Runnable drained) {
        if (closed.get()) return Optional.empty();
        parsedOptions = update.options();
        bundles.remove(update.left());
        for (var added : update.plugins().entrySet()) add(new EnvironmentBuilder.OwnedPlugin(added.getValue(), added.getKey()));
        home.taken(update.removed());
        var old = new HashSet<>(update.left());
        var before = script;
        update.relinked().ifPresent(relinked -> {
            old.addAll(relinked.successors().keySet());
            var barred = userClasses.stream().filter(type -> !home.mayStart(type)).toList();
            succeed(relinked);
            var back = barred.stream().filter(home::mayStart).<UserClass>map(type -> type).toList();
            local().ifPresent(running -> running.refill(back));
        });
        local().flatMap(LocalRunnerImpl::run).ifPresent(now -> now.mark(update.mark()));
        Runnable forget = () -> {
            if (!before.equals(script)) before.close();
            old.forEach(events.lineage()::forget);
            shared.forget(old);
            home.forget(old);
            events.forget();
            drained.run();
        };
        if (runner == null) {
            forget.run();
            return Optional.empty();
        }
        var rest = update.relinked().isPresent() ? Rollover.Way.FOLLOWED : Rollover.Way.STAYS;
        return Optional.of(runner.leave(user -> {
            if (!uses(user.type(), old)) return Optional.empty();
            return Optional.of(uses(user.type(), update.ended()) ? Rollover.Way.ENDS : rest);
        }, forget));
    }

    /** A plugin that cannot be initialised in the middle of a run is left out; the run goes on. */
    private void add(EnvironmentBuilder.OwnedPlugin owned) {
        try {
            bundles.add(owned, LATE_INIT_SECONDS);
            boolean active = runner != null && runner.isActive();
            if (active && owned.plugin() instanceof Reporter reporter) home.reporters().started(reporter, this);
        } catch (KatydidException problem) {
            LOG.error("{}", problem.getMessage());
        }
    }

    /** Lets the newer compilation of the script take over: its classes, plugins and listeners; test_start has been, the shape goes on. */
    private void succeed(LiveUpdate.Relinked relinked) {
        var parts = relinked.parts();
        for (var type : parts.userClasses()) {
            home.models().check(type);
            Home.initialise(type);
        }
        script.fade();
        relinked.successors().forEach(events.lineage()::follows);
        for (var type : parts.userClasses()) {
            userClasses.stream().filter(known -> known.name().equals(type.getSimpleName())).forEach(known -> known.become(type));
        }
        var known = events.init().listeners();
        script = new Extras(this, home.reporters(),
            parts.plugins().stream().map(plugin -> new EnvironmentBuilder.OwnedPlugin(plugin.getClass().getSimpleName(), plugin)).toList());
        script.listen(parts.listeners());
        try {
            script.init();
        } catch (KatydidException problem) {
            LOG.error("{}", problem.getMessage());
        }
        for (var listener : events.init().listeners()) {
            if (!known.contains(listener)) events.call(listener, initEvent());
        }
    }

    /** Tells whether a class or one above it comes from one of these loaders. */
    static boolean uses(Class<?> type, Set<ClassLoader> loaders) {
        for (Class<?> at = type; at != null; at = at.getSuperclass()) {
            var loader = at.getClassLoader();
            if (loader != null && loaders.contains(loader)) return true;
        }
        return false;
    }

    /** Tells whether a test runs. */
    public boolean isActive() { return runner != null && runner.isActive(); }

    Owner scriptOwner() { return script.rest(); }

    @Override public <T> T shared(String name, Class<T> type, Supplier<? extends T> make) {
        return shared.get(name, type, make);
    }

    @Override public Registration every(Duration period, ThrowingRunnable work) { return Owner.own(background.every(period, work)); }

    void resetFired() {
        events.resetStats().fire(new ResetStats(this));
    }

    void quitting() {
        if (!quittingFired.compareAndSet(false, true)) return;
        quitter = Thread.currentThread();
        events.announce(events.quitting(), new Quitting(this));
        quitter = null;
    }

    boolean isQuitting() { return Thread.currentThread().equals(quitter); }

    /** Tells whether an event listener threw: exit code 2 when nothing else decides. */
    public boolean listenerFailed() {
        return events.listenerFailed();
    }

    /** Decides the exit code: what a script said, else {@code onError} after a failure or exception, else 2 after a failing listener, else 0. */
    public int exitCode(int onError) {
        if (processExitCode.isPresent()) return processExitCode.getAsInt();
        if (stats().total().numFailures() > 0 || !stats().exceptions().isEmpty()) return onError;
        return listenerFailed() ? 2 : 0;
    }

    /** Ends the test: stops users, fires {@code quitting}, decides the exit code, lets reporters finish, fires {@code quit}. A second call gives the same code. */
    public synchronized int shutdown(int onError) {
        if (shutDown.isPresent()) return shutDown.getAsInt();
        local().ifPresent(LocalRunnerImpl::quit);
        joinRunner();
        quitting();
        int code = exitCode(onError);
        LOG.info("Shutting down (exit code {})", code);
        events.summarise();
        home.reporters().finish(this, code);
        events.announce(events.quit(), new Quit(this, code));
        shutDown = OptionalInt.of(code);
        return code;
    }

    /**
     * Ends the test because somebody ends the process under it: as {@link #shutdown} does, but without waiting for whoever will not end. When the shutdown itself is held up, by a thread that ended the process
     * in the middle of one, reporters still get what was recorded and finish.
     */
    public void abandon(int onError) {
        abandoned = true;
        var ending = Thread.ofPlatform().daemon().name("katydid-abandon").start(() -> shutdown(onError));
        try {
            if (ending.join(ABANDON)) return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        local().ifPresent(LocalRunnerImpl::lastSnapshot);
        home.reporters().finish(this, exitCode(onError));
    }

    boolean isAbandoned() { return abandoned; }

    private void joinRunner() {
        if (runner == null) return;
        try {
            runner().join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override public void close() {
        if (!closed.compareAndSet(false, true)) return;
        local().ifPresent(LocalRunnerImpl::close);
        quitting();
        // A program that embeds Katydid may close without a shutdown: its files are to be as complete.
        if (shutDown.isEmpty() && run().isPresent()) home.reporters().finish(this, exitCode(1));
        background.close();
        table.close();
        script.close();
        bundles.close();
        shared.close();
        home.close();
    }
}
