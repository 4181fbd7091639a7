package io.katydid.launcher;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Watches for whatever ends the process in the middle of a run, above all a script or plugin that calls {@code System.exit}: nothing can keep it from that, but the run is shut down, so that reports are
 * finished, and the last line names the class.
 * {@code Runtime.halt} leaves no time for either.
 */
final class ExitWatch extends Handler {
    /** Bounds what the shutdown may take: the thread that ended the process may be a loop's, whose users then never end. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** The JDK tells this logger of each {@code Runtime.exit}, with the stack of its caller. Kept here: the JDK holds loggers weakly. */
    private static final Logger OF_THE_JDK = Logger.getLogger("java.lang.Runtime");
    private final PrintStream err;
    private final Runnable shutdown;
    private volatile @Nullable StackTraceElement caller;
    private volatile String status = "";

    private ExitWatch(PrintStream err, Runnable shutdown) {
        this.err = err;
        this.shutdown = shutdown;
    }

    /** Watches until the result is closed; {@code shutdown} ends the run and its reports. */
    static AutoCloseable over(PrintStream err, Runnable shutdown) {
        var watch = new ExitWatch(err, shutdown);
        OF_THE_JDK.setLevel(Level.FINE);
        OF_THE_JDK.setUseParentHandlers(false);
        OF_THE_JDK.addHandler(watch);
        var hook = Thread.ofPlatform().name("katydid-exit").unstarted(watch::end);
        Runtime.getRuntime().addShutdownHook(hook);
        return () -> {
            OF_THE_JDK.removeHandler(watch);
            Runtime.getRuntime().removeShutdownHook(hook);
        };
    }

    @Override public void publish(LogRecord record) {
        var thrown = record.getThrown();
        if (thrown == null) return;
        caller = caller(thrown.getStackTrace()).orElse(null);
        status = String.valueOf(record.getMessage()).replaceFirst(".*: *", "");
    }

    /** Finds who called {@code exit}: the first frame below the JDK's own. */
    static Optional<StackTraceElement> caller(StackTraceElement[] stack) {
        return Arrays.stream(stack).filter(frame -> !frame.getClassName().startsWith("java.lang.")).findFirst();
    }

    private void end() {
        var ending = Thread.ofPlatform().daemon().name("katydid-exit-reports").start(shutdown);
        boolean ended = false;
        try {
            ended = ending.join(PATIENCE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        var frame = caller;
        // Without one a signal ended it, such as that of a terminal that was closed.
        if (frame == null) return;
        err.println("katydid: " + frame.getClassName() + "." + frame.getMethodName() + " (" + frame.getFileName() + ":"
            + frame.getLineNumber()
            + ") ended the process with System.exit(" + status + "). "
            + (ended ? "The reports are complete up to then." : "The reports could not be finished within " + PATIENCE.toSeconds() + " s.")
            + " Take the call out: throw StopTest in a user, or call environment.runner().quit().");
        err.flush();
    }

    @Override public void flush() {}

    @Override public void close() {}
}
