package io.katydid.kernel;

import io.katydid.api.KatydidException;
import io.katydid.api.Registration;
import io.katydid.api.Reporter;
import io.katydid.api.WorkerRunner;
import io.katydid.api.ThrowingRunnable;
import io.katydid.api.event.InitCommandLine;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.event.UserError;
import io.katydid.kernel.event.ListenMethods;
import io.katydid.kernel.event.Owner;
import io.katydid.kernel.run.Reporters;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is what adds itself to an environment: the plugins of all bundles, or plugins and listeners of one compilation of the script. What it registers goes with it. */
final class Extras implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private final KernelEnvironment environment;
    private final Reporters reporters;
    private final List<EnvironmentBuilder.OwnedPlugin> plugins;
    private final List<Registration> requestListeners = new ArrayList<>();
    private final Map<String, Owner> owners = new ConcurrentHashMap<>();
    private final List<Registration> listeners = new ArrayList<>();
    private final List<PluginInit> pending = new CopyOnWriteArrayList<>();
    private final Owner rest = new Owner("script");

    Extras(KernelEnvironment environment, Reporters reporters, List<EnvironmentBuilder.OwnedPlugin> plugins) {
        this.environment = environment;
        this.reporters = reporters;
        this.plugins = new CopyOnWriteArrayList<>(plugins);
    }

    /** Gives whose registrations are those made outside of plugins: in listeners and tasks. */
    Owner rest() { return rest; }

    /** Adds static {@code @Listen} methods. Those of {@code init_command_line_parser} have been called before there was an environment. */
    void listen(List<Method> methods) {
        for (var method : methods) {
            if (ListenMethods.takes(method, InitCommandLine.class)) continue;
            var registration = ListenMethods.bind(environment.events(), method, rest);
            boolean ofUsers = ListenMethods.takes(method, RequestEvent.class) || ListenMethods.takes(method, UserError.class);
            (ofUsers ? requestListeners : listeners).add(registration);
        }
    }

    /** Starts what a script brings: what is wrong with it is an error of the run. */
    void init() {
        for (var owned : plugins) {
            if (isElsewhere(owned)) continue;
            try {
                call(owned);
                report(owned);
            } catch (KatydidException problem) {
                throw problem;
            } catch (Exception | LinkageError problem) {
                throw failed(owned, problem);
            }
        }
    }

    /** Starts what bundles bring. One that throws or blocks is left out and named, and the others go on; a {@link KatydidException} is a refusal: it says that the run cannot do what was asked for. */
    void initEach(long patienceSeconds) {
        for (var owned : plugins) {
            if (!init(owned, patienceSeconds)) plugins.remove(owned);
        }
    }

    /** A worker's figures come together at its master, and are reported there. */
    private boolean isElsewhere(EnvironmentBuilder.OwnedPlugin owned) {
        return owned.plugin() instanceof Reporter reporter && !reporter.onWorkers()
            && environment.test().filter(WorkerRunner.class::isInstance).isPresent();
    }

    private boolean init(EnvironmentBuilder.OwnedPlugin owned, long patienceSeconds) {
        if (isElsewhere(owned)) return false;
        var init = new PluginInit(owned.owner(), () -> call(owned), () -> late(owned));
        pending.add(init);
        try {
            if (!init.await(patienceSeconds)) {
                LOG.error(
                    "The plugin {} of {} did not return from init within {} s; it is at {}. The run goes on without it. Mend it, or leave"
                        + " it out with --plugins=-{}.",
                    owned.plugin().getClass().getName(), owned.owner(), patienceSeconds, init.place(),
                    owned.owner());
                return true;
            }
            pending.remove(init);
            return done(owned, init.problem());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private boolean done(EnvironmentBuilder.OwnedPlugin owned, @Nullable Throwable problem) {
        if (problem == null) {
            report(owned);
            return true;
        }
        if (problem instanceof KatydidException refusal) throw refusal;
        LOG.error("{} The run goes on without it.", failed(owned, problem).getMessage(), problem);
        close(owned);
        return false;
    }

    /** Takes a plugin up whose init came to its end when nobody waited for it any more. */
    private void late(EnvironmentBuilder.OwnedPlugin owned) {
        if (!plugins.contains(owned)) return;
        LOG.info("The plugin {} of {} has returned from init and is in use from now on.", owned.plugin().getClass().getName(),
            owned.owner());
        if (!report(owned) || !environment.isActive()) return;
        reporters.started((Reporter) owned.plugin(), environment);
    }

    private boolean report(EnvironmentBuilder.OwnedPlugin owned) {
        if (!(owned.plugin() instanceof Reporter reporter)) return false;
        reporters.add(reporter);
        return true;
    }

    private static KatydidException failed(EnvironmentBuilder.OwnedPlugin owned, Throwable problem) {
        return new KatydidException(
            "The plugin " + owned.plugin().getClass().getName() + " of " + owned.owner() + " could not be initialised: " + problem
                + ". Mend it, or leave it out with --plugins=-" + owned.owner() + ".",
            problem);
    }

    private void call(EnvironmentBuilder.OwnedPlugin owned) throws Exception {
        call(owned.owner(), owned.plugin().getClass().getClassLoader(), () -> owned.plugin().init(environment));
    }

    /** Calls code of an owner: what it registers is its own, and its classes are found by name. */
    private void call(String owner, ClassLoader loader, ThrowingRunnable code) throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            owners.computeIfAbsent(owner, Owner::new).run(code);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Adds a plugin in the middle of things. */
    void add(EnvironmentBuilder.OwnedPlugin plugin, long patienceSeconds) {
        plugins.add(plugin);
        try {
            if (!init(plugin, patienceSeconds)) plugins.remove(plugin);
        } catch (KatydidException refusal) {
            plugins.remove(plugin);
            close(plugin);
            throw refusal;
        }
    }

    /** Takes the plugins of these loaders away. */
    void remove(Set<ClassLoader> loaders) {
        for (var owned : plugins) {
            if (!loaders.contains(owned.plugin().getClass().getClassLoader())) continue;
            plugins.remove(owned);
            close(owned);
        }
    }

    /** Leaves only what hears of users: the newer compilation hears of all else. */
    void fade() {
        listeners.forEach(Registration::close);
        listeners.clear();
        plugins.forEach(this::close);
        plugins.clear();
    }

    /** Takes it all away; {@code close} of a plugin comes after what it registered has gone. */
    @Override public void close() {
        listeners.forEach(Registration::close);
        listeners.clear();
        requestListeners.forEach(Registration::close);
        requestListeners.clear();
        rest.close();
        pending.forEach(PluginInit::interrupt);
        plugins.forEach(this::close);
    }

    private void close(EnvironmentBuilder.OwnedPlugin owned) {
        var owner = owners.remove(owned.owner());
        if (owner != null) owner.close();
        if (owned.plugin() instanceof Reporter reporter) reporters.remove(reporter);
        try {
            owned.plugin().close();
        } catch (Exception | LinkageError problem) {
            LOG.warn("The plugin {} of {} could not be closed: {}", owned.plugin().getClass().getName(), owned.owner(), problem.toString(),
                problem);
        }
    }
}
