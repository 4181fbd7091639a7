package io.katydid.kernel;

import io.katydid.api.KatydidException;
import io.katydid.api.Reporter;
import io.katydid.kernel.run.TestRunner;
import io.katydid.kernel.run.Rollover;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes up what became different among the bundles of an environment that goes on. */
final class BundleChange {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    /** What the init of a plugin may take in the middle of a run, where a start or stop has to wait for it. */
    private static final long INIT_SECONDS = 1;
    private final KernelEnvironment environment;
    private final Home home;
    private final Extras bundles;
    private final Script script;
    private final UserClasses classes;
    private final SharedObjects shared;

    BundleChange(KernelEnvironment environment, Home home, Extras bundles, Script script, UserClasses classes, SharedObjects shared) {
        this.environment = environment;
        this.home = home;
        this.bundles = bundles;
        this.script = script;
        this.classes = classes;
        this.shared = shared;
    }

    /** Takes the change up and says how users leave what is old, when there is a runner; what is old is forgotten, and {@code drained} called, when the last has left. */
    Optional<Rollover> take(LiveUpdate update, Runnable drained) {
        bundles.remove(update.left());
        for (var added : update.plugins().entrySet()) add(new EnvironmentBuilder.OwnedPlugin(added.getValue(), added.getKey()));
        home.taken(update.removed());
        var old = new HashSet<>(update.left());
        var before = script.extras();
        update.relinked().ifPresent(relinked -> {
            old.addAll(relinked.successors().keySet());
            relink(relinked);
        });
        environment.test().flatMap(TestRunner::run).ifPresent(now -> now.mark(update.mark()));
        Runnable forget = () -> {
            if (!before.equals(script.extras())) before.close();
            forget(old);
            drained.run();
        };
        if (environment.test().isEmpty()) {
            forget.run();
            return Optional.empty();
        }
        return environment.test().map(runner -> leave(runner, update, old, forget));
    }

    private void relink(LiveUpdate.Relinked relinked) {
        var barred = classes.barred();
        script.succeed(relinked);
        var back = barred.stream().filter(home::mayStart).toList();
        environment.test().ifPresent(running -> running.refill(back));
    }

    private static Rollover leave(TestRunner runner, LiveUpdate update, Set<ClassLoader> old, Runnable forget) {
        var rest = update.relinked().isPresent() ? Rollover.Way.FOLLOWED : Rollover.Way.STAYS;
        return runner.leave(user -> {
            if (!uses(user.type(), old)) return Optional.empty();
            return Optional.of(uses(user.type(), update.ended()) ? Rollover.Way.ENDS : rest);
        }, forget);
    }

    private void forget(Set<ClassLoader> old) {
        old.forEach(environment.events().lineage()::forget);
        shared.forget(old);
        home.forget(old);
        environment.events().forget();
    }

    /** A plugin that cannot be initialised in the middle of a run is left out; the run goes on. */
    private void add(EnvironmentBuilder.OwnedPlugin owned) {
        try {
            bundles.add(owned, INIT_SECONDS);
            if (environment.isActive() && owned.plugin() instanceof Reporter reporter) home.reporters().started(reporter, environment);
        } catch (KatydidException problem) {
            LOG.error("{}", problem.getMessage());
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
}
