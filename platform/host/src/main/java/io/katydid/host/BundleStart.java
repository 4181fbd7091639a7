package io.katydid.host;

import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;

/** Is the start of one bundle on a thread of its own: an activator that never returns holds up nobody else. */
final class BundleStart {
    /** From then on a start is called hanging. */
    static final long HANGING_SECONDS = 10;
    private final FutureTask<Optional<String>> task;
    private final Thread thread;
    private final long began = System.nanoTime();

    BundleStart(Bundle bundle) {
        task = new FutureTask<>(() -> start(bundle));
        thread = Thread.ofPlatform().daemon().name("katydid-start-" + bundle.getSymbolicName()).start(task);
    }

    private static Optional<String> start(Bundle bundle) {
        try {
            bundle.start();
            return Optional.empty();
        } catch (BundleException problem) {
            if (problem.getType() == BundleException.RESOLVE_ERROR)
                return Optional.of(Words.unresolved(String.valueOf(problem.getMessage())));
            Throwable cause = problem.getCause() == null ? problem : problem.getCause();
            return Optional.of("its activator failed with " + Words.of(cause) + ". Mend the activator, or ask the bundle's author");
        } catch (LinkageError broken) {
            return Optional.of("its activator cannot be loaded: " + Words.of(broken));
        }
    }

    /** Waits for the end of the start until then; an interrupt ends the waiting. */
    void await(long deadlineNanos) {
        try {
            task.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException notNow) {
            return; // the state says it
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isDone() { return task.isDone(); }

    boolean isHanging() { return !isDone() && seconds() >= HANGING_SECONDS; }

    long seconds() { return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began); }

    /** Says where the activator is, for the owner of the jar. */
    String place() {
        for (var frame : thread.getStackTrace()) {
            var type = frame.getClassName();
            if (!type.startsWith("java.") && !type.startsWith("jdk.") && !type.startsWith("sun.")) return frame.toString();
        }
        return "an unknown place";
    }

    /** Gives what went wrong; asked when it is done. */
    Optional<String> problem() {
        return switch (task.state()) {
            case SUCCESS -> task.resultNow();
            case FAILED -> Optional.of("its activator failed with " + Words.of(task.exceptionNow()));
            case CANCELLED, RUNNING -> Optional.of("its start was given up");
        };
    }

    /** Asks an activator that does not return to do so. */
    void giveUp() {
        thread.interrupt();
    }
}
