package io.katydid.carrier;

import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Offers what is used of the JDK's insides: a virtual thread with a scheduler of our own, and the thread below a virtual one.
 * Each is looked up once; what cannot be had is said, not thrown.
 */
public final class JdkThreads {
    private static final String FLAG = "--add-opens=java.base/java.lang=ALL-UNNAMED";
    private static final @Nullable MethodHandle NEW_THREAD;
    private static final @Nullable MethodHandle CARRIER_THREAD;
    private static final Optional<String> PROBLEM;

    static {
        MethodHandle newThread = null;
        MethodHandle carrierThread = null;
        Optional<String> problem = Optional.empty();
        try {
            var insides = JdkInsides.lookUp("newVirtualThread");
            newThread = insides.newThread();
            carrierThread = insides.carrierThread();
        } catch (ReflectiveOperationException | RuntimeException | LinkageError missing) {
            problem = Optional.of(fallback(missing.toString()));
        }
        NEW_THREAD = newThread;
        CARRIER_THREAD = carrierThread;
        PROBLEM = problem;
    }

    private JdkThreads() {}

    /** Says why users cannot run on the loops, as far as a look-up can tell; empty when they may. */
    static Optional<String> problem() {
        return PROBLEM;
    }

    /** Words for the tester that users do not run on the loops: why, what it costs, and which flag to add. */
    static String fallback(String reason) {
        return "Users run on the JDK's default scheduler, about twice the CPU per request: this JVM, " + Runtime.version()
            + ", does not let them run on the loops (" + reason + "). Start JDK 25 with " + FLAG
            + ", or any with -Djdk.virtualThreadScheduler.parallelism=1 where that is not possible.";
    }

    /** Makes a virtual thread, not started, whose scheduler is the given one. */
    static Thread newThread(ForkJoinPool scheduler, String name, Runnable body) {
        try {
            if (NEW_THREAD == null) throw new IllegalStateException(PROBLEM.orElse(""));
            return (Thread) NEW_THREAD.invokeExact((Executor) scheduler, name, 0, body);
        } catch (RuntimeException | Error problem) {
            throw problem;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Gives the platform thread that runs the caller; on the fallback without flags, the caller itself. */
    public static Thread carrierThread() {
        if (CARRIER_THREAD == null) return Thread.currentThread();
        try {
            return (Thread) CARRIER_THREAD.invokeExact();
        } catch (RuntimeException | Error problem) {
            throw problem;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** Gives the virtual thread that a scheduled task of the JDK resumes. For the watchdog: slow, and best effort. */
    static Optional<Thread> threadOf(Runnable resume) {
        try {
            for (var field : resume.getClass().getDeclaredFields()) {
                if (Thread.class.isAssignableFrom(field.getType())) {
                    field.setAccessible(true);
                    return Optional.ofNullable((Thread) field.get(resume));
                }
            }
        } catch (ReflectiveOperationException | RuntimeException unknown) {
            return Optional.empty();
        }
        return Optional.empty();
    }
}
