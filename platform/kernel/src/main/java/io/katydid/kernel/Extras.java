package io.katydid.kernel;

import io.katydid.api.KatydidException;
import io.katydid.api.Registration;
import io.katydid.api.Reporter;
import io.katydid.api.ThrowingRunnable;
import io.katydid.api.event.InitCommandLine;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.event.UserError;
import io.katydid.kernel.event.ListenMethods;
import io.katydid.kernel.event.Owner;
import io.katydid.kernel.run.Reporters;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is what adds itself to an environment: the plugins of all bundles, or plugins and listeners of one compilation of the script. What it registers goes with it. */
final class Extras implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private final KernelEnvironment environment;
    private final Reporters reporters;
    private final List<EnvironmentBuilder.OwnedPlugin> plugins;
    private final List<Registration> requestListeners = new ArrayList<>();
    private final Map<String, Owner> owners = new LinkedHashMap<>();
    private final List<Registration> listeners = new ArrayList<>();
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

    void init() {
        plugins.forEach(this::init);
    }

    private void init(EnvironmentBuilder.OwnedPlugin owned) {
        var plugin = owned.plugin();
        try {
            call(owned.owner(), plugin.getClass().getClassLoader(), () -> plugin.init(environment));
            if (plugin instanceof Reporter reporter) reporters.add(reporter);
        } catch (KatydidException problem) {
            throw problem;
        } catch (Exception | LinkageError problem) {
            throw new KatydidException(
                "The plugin " + plugin.getClass().getName() + " of " + owned.owner() + " could not be initialised: " + problem
                    + ". Mend it, or leave it out with --plugins -" + owned.owner() + ".",
                problem);
        }
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
    void add(EnvironmentBuilder.OwnedPlugin plugin) {
        init(plugin);
        plugins.add(plugin);
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
