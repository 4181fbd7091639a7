package io.katydid.kernel;

import io.katydid.api.KatydidException;
import io.katydid.api.Scenario;
import io.katydid.api.State;
import io.katydid.api.StopTest;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.UserDispatcher;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.event.TaskStart;
import io.katydid.api.event.UserError;
import io.katydid.api.stats.Snapshot;
import io.katydid.carrier.CarrierOptions;
import io.katydid.carrier.Carriers;
import io.katydid.carrier.Stall;
import io.katydid.kernel.event.KernelEvents;
import io.katydid.kernel.event.Owner;
import io.katydid.kernel.run.TestRunner;
import io.katydid.kernel.run.Reporters;
import io.katydid.kernel.run.RunnerHome;
import io.katydid.kernel.stats.RunView;
import io.katydid.kernel.stats.Statistics;
import io.katydid.kernel.stats.StatsOptions;
import io.katydid.kernel.users.Births;
import io.katydid.kernel.users.Models;
import io.katydid.kernel.options.OptionValues;
import io.katydid.kernel.users.RunningUser;
import io.katydid.kernel.users.TagFilter;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is what the runner and its users see of their environment. */
final class Home implements RunnerHome, RunView, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private static final Logger USER_LOG = LoggerFactory.getLogger("katydid.user");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The user that ended the process never comes back. */
    private static final Duration ABANDONED_PATIENCE = Duration.ofSeconds(2);
    private final KernelEnvironment environment;
    private final Carriers carriers;
    private final Statistics statistics;
    private final Models models;
    private final Births births = new Births();
    private final Reporters reporters = new Reporters();
    private final UserDispatcher.Factory dispatcher;
    private final Duration drain;
    private final Duration lastHookLimit;
    private final boolean resetStats;
    private final boolean headless;
    private final boolean equalWeights;
    private final Set<String> customOptions;
    private final Supplier<List<String>> logLines;
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private final GcPauses gcPauses = new GcPauses();
    private final StolenTime stolenTime = new StolenTime();
    private final Set<ClassLoader> taken = ConcurrentHashMap.newKeySet();
    private final Set<String> seenErrors = ConcurrentHashMap.newKeySet();

    Home(KernelEnvironment environment, EnvironmentBuilder builder) {
        this.environment = environment;
        carriers = Carriers
            .open(CarrierOptions.defaults().withLoops(builder.loops).withForceFallback(builder.forceFallback).withBusyPoll(builder.busyPoll)
                .withOnStall(this::stalled));
        statistics = new Statistics(new StatsOptions(builder.maxNames, builder.useResponseTimesCache), this, carriers.all(),
            environment::resetFired);
        models = new Models(builder.filter(), builder.equalWeights);
        dispatcher = builder.dispatcher;
        drain = builder.drain;
        lastHookLimit = builder.lastHookLimit;
        resetStats = builder.resetStats;
        headless = builder.headless;
        equalWeights = builder.equalWeights;
        customOptions = builder.customOptions;
        logLines = builder.logLines;
        if (!builder.tags.isEmpty()) parameters.put("tags", builder.tags);
        if (!builder.excludeTags.isEmpty()) parameters.put("exclude-tags", builder.excludeTags);
        if (!builder.profile.isEmpty()) parameters.put("profile", builder.profile);
        if (!builder.labels.isEmpty()) parameters.put("labels", Map.copyOf(builder.labels));
    }

    private void stalled(Stall stall) {
        var what = stall.text();
        if (stall.stackOfUser().isEmpty()) {
            LOG.warn("{}", what);
        } else {
            LOG.warn("{} What held it:\n{}", what, stall.stackOfUser());
        }
        environment.test().ifPresent(runner -> runner.fault(what));
    }

    boolean equalWeights() { return equalWeights; }

    @Override public KernelEnvironment environment() { return environment; }

    @Override public KernelEvents events() { return environment.events(); }

    @Override public Statistics statistics() { return statistics; }

    @Override public Carriers carriers() { return carriers; }

    @Override public Models models() { return models; }

    @Override public Births births() { return births; }

    @Override public Owner owner() { return environment.scriptOwner(); }

    @Override public Duration lastHookLimit() { return lastHookLimit; }

    @Override public boolean wantsRequests() { return reporters.wantRequests() || !events().request().listeners().isEmpty(); }

    @Override public void fire(RequestEvent event) {
        if (reporters.wantRequests()) reporters.request(event);
        events().request().fire(event);
    }

    @Override public void taskStart(User user, Scenario where, String task) {
        var hook = events().taskStart();
        if (!hook.listeners().isEmpty()) hook.fire(new TaskStart(environment, user, where, task));
    }

    @Override public void userError(User user, Scenario where, Throwable problem) {
        statistics.exception(problem, "local");
        environment.test().ifPresent(runner -> runner.failed(problem));
        log("An exception left " + where.getClass().getSimpleName(), problem);
        events().userError().fire(new UserError(environment, user, where, problem));
    }

    @Override public void birthError(Class<? extends User> type, Throwable problem) {
        statistics.exception(problem, "local");
        environment.test().ifPresent(runner -> runner.failed(problem));
        log("A user of " + type.getSimpleName() + " could not be made", problem);
    }

    /** Logs each distinct problem with its trace once, in DEBUG each time; the exception table counts them all. */
    private void log(String what, Throwable problem) {
        var key = what + problem.getClass().getName() + problem.getMessage();
        boolean first = seenErrors.size() < 1000 && seenErrors.add(key);
        if (first && problem instanceof KatydidException) {
            USER_LOG.error("{}: {}", what, problem.getMessage());
        } else if (first) {
            USER_LOG.error("{}: {} at {}", what, problem, place(problem));
        }
        USER_LOG.debug("{}", what, problem);
    }

    private static String place(Throwable problem) {
        for (var frame : problem.getStackTrace()) {
            if (!frame.getClassName().startsWith("java.") && !frame.getClassName().startsWith("io.katydid.kernel"))
                return frame.getFileName() + ":" + frame.getLineNumber();
        }
        return "an unknown place";
    }

    @Override public void stopTest(StopTest signal) {
        environment.test().ifPresent(runner -> runner.stopTest(signal));
    }

    @Override public void stopNow(RunningUser user) {
        environment.test().ifPresent(runner -> runner.stopNow(user));
    }

    @Override public void ended(RunningUser user) {
        environment.test().ifPresent(runner -> runner.ended(user));
    }

    @Override public UserDispatcher.Factory dispatcher() { return dispatcher; }

    @Override public Duration drain() { return drain; }

    @Override public Duration patience() { return environment.isAbandoned() ? ABANDONED_PATIENCE : PATIENCE; }

    @Override public boolean resetStats() { return resetStats; }

    @Override public boolean headless() { return headless; }

    @Override public void takeUpScript() {
        environment.takeUpScript();
    }

    /** Says that no new users come on revisions that were taken away. */
    void taken(Set<ClassLoader> loaders) {
        taken.addAll(loaders);
    }

    @Override public boolean mayStart(UserClass type) { return taken.isEmpty() || !BundleChange.uses(type.type(), taken); }

    /** Forgets what is known of the classes of these loaders. */
    void forget(Set<ClassLoader> loaders) {
        models.forget(loaders);
        births.forget(loaders);
        // A class that is still to be run, of a bundle that is gone, gets no new users either.
        taken.removeIf(loader -> loaders.contains(loader)
            && environment.userClasses().stream().noneMatch(type -> BundleChange.uses(type.type(), Set.of(loader))));
    }

    /** Forgets what is known of classes, so that those of a replaced script can go. */
    void forgetClasses() {
        models.clear();
        births.clear();
    }

    @Override public void beforeStart() {
        takeUpScript();
        environment.freezeClasses();
        environment.userClasses().forEach(type -> initialise(type.type()));
        seenErrors.clear();
    }

    /** Runs static initialisers here rather than on a loop: there they would stall all its users. What they throw shows when a user is made. */
    static void initialise(Class<? extends User> type) {
        try {
            Class.forName(type.getName(), true, type.getClassLoader());
        } catch (ClassNotFoundException | LinkageError problem) {
            USER_LOG.debug("{} could not be initialised", type.getName(), problem);
        }
    }

    @Override public Map<String, Object> parameters() {
        var all = new LinkedHashMap<>(parameters);
        environment.host().ifPresent(host -> all.put("host", host));
        all.put("user-classes", environment.userClasses().stream().map(UserClass::name).toList());
        environment.shapeClass().ifPresent(shape -> all.put("shape", shape.getClass().getSimpleName()));
        environment.parsedOptions().find("run-time").ifPresent(time -> all.put("run-time", time.toString()));
        return all;
    }

    @Override public Reporters reporters() { return reporters; }

    @Override public void ordered(Optional<String> host, Optional<Duration> stopTimeout, Map<String, Object> options) {
        var values = environment.parsedOptions();
        for (var option : options.entrySet()) {
            if (values instanceof OptionValues known && customOptions.contains(option.getKey())) {
                try {
                    values = known.with(option.getKey(), option.getValue(), "the master");
                } catch (IllegalArgumentException unfit) {
                    LOG.warn("The master's value of --{} is left out: {}", option.getKey(), unfit.getMessage());
                }
            }
        }
        environment.ordered(host, stopTimeout, values);
        if (options.containsKey("tags")) models.filter(new TagFilter(words(options.get("tags")), words(options.get("exclude-tags"))));
    }

    private static Set<String> words(@Nullable Object list) {
        return list instanceof Collection<?> all ? all.stream().map(String::valueOf).collect(Collectors.toSet()) : Set.of();
    }

    @Override public void updateUserClass(Map<String, Object> settings) {
        environment.updateUserClass(settings);
    }

    @Override public List<String> logLines() { return logLines.get(); }

    @Override public void quitting() {
        environment.quitting();
    }

    @Override public boolean isQuitting() { return environment.isQuitting(); }

    @Override public long nanoTime() { return System.nanoTime(); }

    @Override public State state() { return environment.test().map(TestRunner::state).orElse(State.READY); }

    @Override public Map<String, Integer> userCounts() { return environment.test().map(TestRunner::userCounts).orElse(Map.of()); }

    @Override public double runTime() { return environment.test().map(TestRunner::runTime).orElse(0.0); }

    @Override public Snapshot.Health health() {
        return new Snapshot.Health(carriers.utilisation(), carriers.wakeUpDelayP99Millis(), gcPauses.millis(), stolenTime.millis(),
            reporters.dropped());
    }

    @Override public void close() {
        carriers.close();
    }
}
