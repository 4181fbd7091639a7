package io.katydid.kernel;

import io.katydid.api.EventDispatcher;
import io.katydid.api.KatydidException;
import io.katydid.api.LoadTestShape;
import io.katydid.api.Plugin;
import io.katydid.api.User;
import io.katydid.api.UserDispatcher;
import io.katydid.api.cli.ParsedOptions;
import io.katydid.api.web.Plugins;
import io.katydid.api.web.WebServer;
import io.katydid.kernel.dispatch.KullbackLeiblerDispatcher;
import io.katydid.kernel.event.KernelEvents;
import io.katydid.kernel.options.OptionValues;
import io.katydid.kernel.run.Cluster;
import io.katydid.kernel.users.KernelRecorder;
import io.katydid.kernel.users.TagFilter;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what an environment is made of. Every setting has a default. */
public final class EnvironmentBuilder {
    final KernelRecorder recorder = new KernelRecorder();
    final KernelEvents events = new KernelEvents(recorder);
    final List<Class<? extends User>> userClasses = new ArrayList<>();
    final List<OwnedPlugin> plugins = new ArrayList<>();
    final List<OwnedPlugin> scriptPlugins = new ArrayList<>();
    final List<Method> scriptListeners = new ArrayList<>();
    final Map<String, String> labels = new LinkedHashMap<>();
    @Nullable ScriptSource source;
    @Nullable Plugins bundles;
    @Nullable String host;
    @Nullable LoadTestShape shape;
    Set<String> tags = Set.of();
    Set<String> excludeTags = Set.of();
    Optional<Duration> stopTimeout = Optional.empty();
    Duration drain = Duration.ofSeconds(1);
    Duration lastHookLimit = Duration.ofSeconds(10);
    boolean catchExceptions = true;
    UserDispatcher.Factory dispatcher = KullbackLeiblerDispatcher::new;
    ParsedOptions parsedOptions = OptionValues.defaults();
    String profile = "";
    boolean resetStats;
    int maxNames = 1000;
    boolean useResponseTimesCache = true;
    int loops = Runtime.getRuntime().availableProcessors();
    boolean forceFallback;
    boolean busyPoll;
    boolean headless = true;
    boolean equalWeights;
    Set<String> customOptions = Set.of();
    Supplier<List<String>> logLines = List::of;
    Supplier<Cluster> cluster = EnvironmentBuilder::clusterOnTheClassPath;
    Supplier<Optional<WebServer>> webServer = () -> ServiceLoader.load(WebServer.class).findFirst();

    /** Is a plugin and whose it is. */
    record OwnedPlugin(String owner, Plugin plugin) {}

    /** Adds user classes. */
    public EnvironmentBuilder userClasses(Collection<? extends Class<? extends User>> classes) {
        userClasses.addAll(classes);
        return this;
    }

    /** Sets the base URL of all users. */
    public EnvironmentBuilder host(String url) {
        host = url;
        return this;
    }

    /** Sets the load shape. */
    public EnvironmentBuilder shape(LoadTestShape of) {
        shape = of;
        return this;
    }

    /** Runs only tasks with one of these tags. */
    public EnvironmentBuilder tags(Collection<String> include) {
        tags = Set.copyOf(include);
        return this;
    }

    /** Runs no task with one of these tags. */
    public EnvironmentBuilder excludeTags(Collection<String> exclude) {
        excludeTags = Set.copyOf(exclude);
        return this;
    }

    /** Attaches labels to the statistics output. */
    public EnvironmentBuilder labels(Map<String, String> all) {
        labels.putAll(all);
        return this;
    }

    /** Lets running tasks finish for so long when the test stops. */
    public EnvironmentBuilder stopTimeout(Duration time) {
        stopTimeout = Optional.of(time).filter(Duration::isPositive);
        return this;
    }

    /** Awaits requests in flight for so long when the test stops; 1 s by default. */
    public EnvironmentBuilder drain(Duration time) {
        drain = time;
        return this;
    }

    /** Lets a user's last hook take so long before it is interrupted; 10 s by default. */
    public EnvironmentBuilder lastHookLimit(Duration time) {
        lastHookLimit = time;
        return this;
    }

    /** Lets a user go on after an exception in a task (default), or end. */
    public EnvironmentBuilder catchExceptions(boolean on) {
        catchExceptions = on;
        return this;
    }

    /** Brings events to their listeners in another way. */
    public EnvironmentBuilder eventDispatcher(EventDispatcher other) {
        events.dispatcher(other);
        return this;
    }

    /** Spawns users in another order. */
    public EnvironmentBuilder userDispatcher(UserDispatcher.Factory factory) {
        dispatcher = factory;
        return this;
    }

    /** Sets the values of options. */
    public EnvironmentBuilder parsedOptions(ParsedOptions values) {
        parsedOptions = values;
        return this;
    }

    /** Adds a plugin. */
    public EnvironmentBuilder plugin(Plugin plugin) { return plugin(plugin.getClass().getSimpleName(), plugin); }

    /** Adds a plugin of a bundle or script. */
    public EnvironmentBuilder plugin(String owner, Plugin plugin) {
        plugins.add(new OwnedPlugin(owner, plugin));
        return this;
    }

    /** Adds plugins and static {@code @Listen} methods of the script. */
    public EnvironmentBuilder script(List<Plugin> added, List<Method> listeners) {
        added.forEach(plugin -> scriptPlugins.add(new OwnedPlugin(plugin.getClass().getSimpleName(), plugin)));
        scriptListeners.addAll(listeners);
        return this;
    }

    /** Takes up edits of the script at each start. */
    public EnvironmentBuilder scriptSource(ScriptSource from) {
        source = from;
        return this;
    }

    /** Labels the run. */
    public EnvironmentBuilder profile(String name) {
        profile = name;
        return this;
    }

    /** Resets the statistics when the ramp is done. */
    public EnvironmentBuilder resetStats(boolean on) {
        resetStats = on;
        return this;
    }

    /** Tells so many names of requests apart. */
    public EnvironmentBuilder maxNames(int names) {
        maxNames = names;
        return this;
    }

    /** Keeps what percentiles of the last ten seconds need (default). */
    public EnvironmentBuilder useResponseTimesCache(boolean on) {
        useResponseTimesCache = on;
        return this;
    }

    /** Runs users on so many loops; one per core by default. */
    public EnvironmentBuilder loops(int count) {
        loops = count;
        return this;
    }

    /** Keeps loops from sleeping while they have users; off by default. */
    public EnvironmentBuilder busyPoll(boolean on) {
        busyPoll = on;
        return this;
    }

    /** Runs users on the JDK's default scheduler. */
    public EnvironmentBuilder forceFallback(boolean on) {
        forceFallback = on;
        return this;
    }

    /** Makes an environment without a table for the console (default), or with one. */
    public EnvironmentBuilder headless(boolean on) {
        headless = on;
        return this;
    }

    /** Gives all classes and tasks the same weight. */
    public EnvironmentBuilder equalWeights(boolean on) {
        equalWeights = on;
        return this;
    }

    /** Gives the console what lists and changes bundles. */
    public EnvironmentBuilder plugins(Plugins of) {
        bundles = of;
        return this;
    }

    /** Finds the web server elsewhere than on the class path. */
    public EnvironmentBuilder webServer(Supplier<Optional<WebServer>> found) {
        webServer = found;
        return this;
    }

    private static Cluster clusterOnTheClassPath() {
        return ServiceLoader.load(Cluster.class).findFirst().orElseThrow(() -> new KatydidException(
            "A runner of several processes cannot be made: katydid-cluster is not on the class path. Add it, or use createLocalRunner()."));
    }

    /** Names the options, by key, that a worker takes over from its master: those of the script and of plugins. */
    public EnvironmentBuilder customOptions(Collection<String> keys) {
        customOptions = Set.copyOf(keys);
        return this;
    }

    /** Gives the last lines of the log, for who shows them elsewhere. */
    public EnvironmentBuilder logLines(Supplier<List<String>> lines) {
        logLines = lines;
        return this;
    }

    /** Finds what makes the runners of several processes elsewhere than on the class path. */
    public EnvironmentBuilder cluster(Supplier<Cluster> found) {
        cluster = found;
        return this;
    }

    /** Gives the hooks of the environment to come, for {@code init_command_line_parser}. */
    public KernelEvents events() { return events; }

    TagFilter filter() { return new TagFilter(tags, excludeTags); }

    /** Makes the environment. */
    public KernelEnvironment build() { return new KernelEnvironment(this); }
}
