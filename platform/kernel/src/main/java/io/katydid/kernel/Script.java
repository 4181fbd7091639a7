package io.katydid.kernel;

import io.katydid.api.KatydidException;
import io.katydid.api.Plugin;
import io.katydid.api.event.Init;
import io.katydid.kernel.event.Owner;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is the script of an environment: of its compilations always the one in use. */
final class Script {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private final KernelEnvironment environment;
    private final Home home;
    private final UserClasses classes;
    private final Optional<ScriptSource> source;
    private volatile Extras extras;
    /** Is why no test can start until the script is edited again. */
    private Optional<KatydidException> problem = Optional.empty();

    Script(KernelEnvironment environment, Home home, UserClasses classes, EnvironmentBuilder builder) {
        this.environment = environment;
        this.home = home;
        this.classes = classes;
        source = Optional.ofNullable(builder.source);
        extras = new Extras(environment, home.reporters(), builder.scriptPlugins);
    }

    void listen(List<Method> listeners) {
        extras.listen(listeners);
    }

    void init() {
        extras.init();
    }

    /** Gives what the compilation in use has added to the environment. */
    Extras extras() { return extras; }

    /** Gives whose registrations are those that its listeners and tasks make. */
    Owner owner() { return extras.rest(); }

    /** Takes up the script when it was edited; for the runner, while no test runs. */
    void takeUp() {
        source.ifPresent(from -> from.edited(this::replace));
        if (problem.isPresent()) throw problem.get();
    }

    /** Until the old compilation is closed anything may be wrong with the new one, and the old one stays. */
    private void replace(ScriptParts parts) {
        var described = classes.describe(parts.userClasses());
        parts.userSettings().forEach(settings -> UserClasses.update(described, settings));
        extras.close();
        environment.events().forget();
        home.forgetClasses();
        var known = environment.events().init().listeners();
        extras = extras(parts.plugins());
        environment.take(parts);
        classes.replace(described);
        extras.listen(parts.listeners());
        problem = Optional.empty();
        LOG.info("The script was edited: this start uses the edited one.");
        try {
            extras.init();
        } catch (KatydidException refusal) {
            problem = Optional.of(refusal);
            return;
        }
        initSince(known);
    }

    /** Lets a compilation that was linked again take over in the middle of a test: its classes, plugins and listeners; test_start has been, the shape goes on. */
    void succeed(LiveUpdate.Relinked relinked) {
        var parts = relinked.parts();
        for (var type : parts.userClasses()) {
            home.models().check(type);
            Home.initialise(type);
        }
        extras.fade();
        relinked.successors().forEach(environment.events().lineage()::follows);
        parts.userClasses().forEach(classes::become);
        var known = environment.events().init().listeners();
        extras = extras(parts.plugins());
        extras.listen(parts.listeners());
        try {
            extras.init();
        } catch (KatydidException refusal) {
            LOG.error("{}", refusal.getMessage());
        }
        initSince(known);
    }

    private Extras extras(List<Plugin> plugins) {
        return new Extras(environment, home.reporters(),
            plugins.stream().map(plugin -> new EnvironmentBuilder.OwnedPlugin(plugin.getClass().getSimpleName(), plugin)).toList());
    }

    /** Calls the listeners of init that have come with this compilation. */
    private void initSince(List<?> known) {
        var events = environment.events();
        for (var listener : events.init().listeners()) {
            if (!known.contains(listener)) events.call(listener, environment.initEvent());
        }
    }

    void close() {
        extras.close();
    }
}
