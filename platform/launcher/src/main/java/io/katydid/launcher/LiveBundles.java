package io.katydid.launcher;

import io.katydid.api.KatydidException;
import io.katydid.api.Registration;
import io.katydid.kernel.KernelEnvironment;
import io.katydid.kernel.LiveUpdate;
import io.katydid.kernel.run.Rollover;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings what changes in the plugin folders into an environment that goes on: options, plugins, script, users. Called by the platform's thread. */
final class LiveBundles implements Consumer<Platform.Change> {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.plugins");
    private static final long LOOK_MILLIS = 200;
    private final KernelEnvironment environment;
    private final Declared declared;
    private final ScriptEdits edits;
    private final CommandLine line;
    private final Sources sources;
    private final Queue<Platform.Change> later = new ConcurrentLinkedQueue<>();

    LiveBundles(KernelEnvironment environment, Declared declared, ScriptEdits edits, CommandLine line, Sources sources) {
        this.environment = environment;
        this.declared = declared;
        this.edits = edits;
        this.line = line;
        this.sources = sources;
    }

    /** Says what to do with a change that has to wait for the end of the test. */
    Registration atTheEndOfATest() {
        return environment.events().testStop().addListener(_ -> takeUpWhatWaits());
    }

    @Override public void accept(Platform.Change change) {
        change.texts().forEach(text -> LOG.info("{}", text));
        boolean waits = environment.parsedOptions().get(LauncherOptions.PLUGIN_UPDATE).equals("next-run") && environment.isActive();
        boolean behindOthers = !later.isEmpty();
        later.add(change);
        if (waits || behindOthers) {
            LOG.info("The running test goes on as it is, as --plugin-update=next-run says.");
        } else {
            environment.undisturbed(this::takeUpWhatWaits);
        }
    }

    /** Runs in the turn of the runner only, which is the one lock here: a test that ends has it, and asks for what waits. */
    private void takeUpWhatWaits() {
        for (var change = later.poll(); change != null; change = later.poll()) takeUp(change);
    }

    private void takeUp(Platform.Change change) {
        try {
            var plugins = declared.changed(change.plugins(), change.left());
            Optional<LiveUpdate.Relinked> relinked = change.script()
                .map(script -> new LiveUpdate.Relinked(edits.relinked(script), change.successors()));
            // Users that are not linked again run on with the options of their revision.
            var options = relinked.map(script -> script.parts().options())
                .orElseGet(() -> OptionResolver.resolve(declared.all(), line, sources).over(environment.parsedOptions()));
            var update = new LiveUpdate(plugins, change.left(), change.removed(), change.ended(), relinked, options,
                String.join(" ", change.texts()));
            environment.update(update, change.released()).ifPresent(rollover -> follow(rollover, change));
        } catch (KatydidException refused) {
            LOG.error("The change cannot be taken up: {} The users run on as before.", refused.getMessage());
        }
    }

    /** Shows how many users are left, until none is. */
    private static void follow(Rollover rollover, Platform.Change change) {
        if (rollover.users() == 0) return;
        Thread.ofPlatform().daemon().name("katydid-draining").start(() -> {
            try {
                while (rollover.users() > 0) {
                    change.users().accept(rollover.users());
                    TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
                }
            } catch (InterruptedException never) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
