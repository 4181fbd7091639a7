package io.katydid.carrier;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import org.jspecify.annotations.Nullable;

/**
 * Holds all that is used of the JDK's insides: a virtual thread with a scheduler of our own, the thread below a virtual one, and pinning.
 * Each is looked up once; what cannot be had is said, not thrown.
 */
public final class JdkThreads {
    private static final String FLAGS = "--add-opens=java.base/java.lang=ALL-UNNAMED";
    private static final @Nullable MethodHandle NEW_THREAD;
    private static final @Nullable MethodHandle CARRIER_THREAD;
    private static final @Nullable MethodHandle PIN;
    private static final @Nullable MethodHandle UNPIN;
    private static final Optional<String> PROBLEM;

    static {
        MethodHandle newThread = null;
        MethodHandle carrierThread = null;
        Optional<String> problem = Optional.empty();
        try {
            var builders = Class.forName("java.lang.ThreadBuilders");
            var lookup = MethodHandles.privateLookupIn(builders, MethodHandles.lookup());
            newThread = lookup.findStatic(builders, "newVirtualThread",
                MethodType.methodType(Thread.class, Executor.class, String.class, int.class, Runnable.class));
            carrierThread = MethodHandles.privateLookupIn(Thread.class, MethodHandles.lookup()).findStatic(Thread.class,
                "currentCarrierThread",
                MethodType.methodType(Thread.class));
        } catch (ReflectiveOperationException | RuntimeException missing) {
            problem = Optional.of(
                "Users run on the JDK's default scheduler, about twice the CPU per request: this JVM does not let them run on the loops ("
                    + missing.getClass().getSimpleName() + "). Start it with " + FLAGS
                    + ", or with -Djdk.virtualThreadScheduler.parallelism=1 where that is not possible.");
        }
        NEW_THREAD = newThread;
        CARRIER_THREAD = carrierThread;
        PROBLEM = problem;
        PIN = continuation("pin");
        UNPIN = continuation("unpin");
    }

    private JdkThreads() {}

    /** Says why users cannot run on the loops; empty when they can. */
    static Optional<String> problem() { return PROBLEM; }

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

    /** Gives the platform thread that runs the caller. */
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

    /** Keeps the calling user on its loop until {@link #unpin}: code of the loop that runs on a user's stack must not be re-entered. */
    public static void pin() {
        invoke(PIN);
    }

    /** Ends {@link #pin}. */
    public static void unpin() {
        invoke(UNPIN);
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

    private static void invoke(@Nullable MethodHandle handle) {
        if (handle == null || !Thread.currentThread().isVirtual()) return;
        try {
            handle.invokeExact();
        } catch (RuntimeException | Error problem) {
            throw problem;
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static @Nullable MethodHandle continuation(String method) {
        try {
            return MethodHandles.lookup().findStatic(Class.forName("jdk.internal.vm.Continuation"), method,
                MethodType.methodType(void.class));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError notExported) {
            return null;
        }
    }
}
