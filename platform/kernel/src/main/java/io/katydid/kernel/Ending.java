package io.katydid.kernel;

import io.katydid.api.WorkerRunner;
import io.katydid.api.event.Quit;
import io.katydid.api.event.Quitting;
import io.katydid.kernel.run.TestRunner;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends an environment: its exit code, and what is told to whom in which order. */
final class Ending {
    private static final Duration ABANDON = Duration.ofSeconds(8);
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private final KernelEnvironment environment;
    private final Home home;
    private final AtomicBoolean quittingFired = new AtomicBoolean();
    private volatile OptionalInt chosen = OptionalInt.empty();
    private volatile @Nullable Thread quitter;
    private volatile OptionalInt shutDown = OptionalInt.empty();
    private volatile boolean abandoned;

    Ending(KernelEnvironment environment, Home home) {
        this.environment = environment;
        this.home = home;
    }

    /** Gives the exit code a script has chosen. */
    OptionalInt chosen() { return chosen; }

    void choose(int code) {
        chosen = OptionalInt.of(code);
    }

    /** Gives what a script said, else {@code onError} after a failure or exception, else 2 after a failing listener, else 0. */
    int exitCode(int onError) {
        if (chosen.isPresent()) return chosen.getAsInt();
        // What went wrong on a worker is its master's to judge.
        boolean judged = environment.test().filter(WorkerRunner.class::isInstance).isPresent();
        if (!judged && hasFailed()) return onError;
        return environment.listenerFailed() ? 2 : 0;
    }

    private boolean hasFailed() {
        return environment.stats().total().numFailures() > 0 || !environment.stats().exceptions().isEmpty();
    }

    void quitting() {
        if (!quittingFired.compareAndSet(false, true)) return;
        quitter = Thread.currentThread();
        var events = environment.events();
        events.announce(events.quitting(), new Quitting(environment));
        quitter = null;
    }

    /** Tells whether the caller is a listener of {@code quitting}. */
    boolean isQuitting() {
        return Thread.currentThread().equals(quitter);
    }

    synchronized int shutdown(int onError) {
        if (shutDown.isPresent()) return shutDown.getAsInt();
        environment.test().ifPresent(TestRunner::quit);
        environment.test().ifPresent(Ending::join);
        quitting();
        int code = exitCode(onError);
        LOG.info("Shutting down (exit code {})", code);
        var events = environment.events();
        events.summarise();
        home.reporters().finish(environment, code);
        events.announce(events.quit(), new Quit(environment, code));
        shutDown = OptionalInt.of(code);
        return code;
    }

    private static void join(TestRunner runner) {
        try {
            runner.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    void abandon(int onError) {
        abandoned = true;
        var ending = Thread.ofPlatform().daemon().name("katydid-abandon").start(() -> shutdown(onError));
        try {
            if (ending.join(ABANDON)) return;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        environment.test().ifPresent(TestRunner::lastSnapshot);
        home.reporters().finish(environment, exitCode(onError));
    }

    boolean isAbandoned() { return abandoned; }

    /** Fires {@code quitting}; and lets reporters finish when nobody has shut the environment down: the files of a program that embeds Katydid are to be as complete. */
    void close() {
        quitting();
        if (shutDown.isEmpty() && environment.run().isPresent()) home.reporters().finish(environment, exitCode(1));
    }
}
