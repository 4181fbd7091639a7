package io.katydid.carrier;

import io.katydid.carrier.netty.CarrierLoops;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tries one user on a loop before any other: that the JDK has the methods looked for does not say that they do what is needed. It sleeps, is woken by
 * another thread, and waits for a monitor somebody else holds, each time on the loop and without holding it.
 */
final class Trial {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static @Nullable Optional<String> known;
    private final Loop loop;
    private final Starter starter;
    private final Duration limit;
    private final Object monitor = new Object();
    private final CountDownLatch parks = new CountDownLatch(1);
    private final CountDownLatch enters = new CountDownLatch(1);
    private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
    private volatile String step = "started";
    private volatile boolean woken;
    private boolean interruptedMeanwhile;

    Trial(Loop loop, Starter starter, Duration limit) {
        this.loop = loop;
        this.starter = starter;
        this.limit = limit;
    }

    /** Starts the user that is tried. */
    @FunctionalInterface
    interface Starter {
        Thread start(String name, Runnable body);
    }

    /** Says why users cannot run on the loops; empty when they can. Tries it once per JVM. */
    static synchronized Optional<String> problem() {
        if (known == null) known = JdkThreads.problem().or(Trial::tryOnce);
        return known;
    }

    private static Optional<String> tryOnce() {
        var loop = CarrierLoops.open(1, LoopKind.USUAL, "katydid-trial").getFirst();
        try {
            return new Trial(loop, loop::spawn, LIMIT).run();
        } finally {
            loop.users().close();
            loop.shutDown();
        }
    }

    /** Tries it; says what failed, in words for the tester. An interrupt does not end it, since what it finds out stays for as long as the JVM. */
    Optional<String> run() {
        boolean interrupted = Thread.interrupted();
        try {
            var user = starter.start("katydid-trial", this::live);
            await(() -> parks.getCount() == 0);
            // Not before it is parked: else it might never be.
            await(() -> user.getState() == Thread.State.WAITING);
            wake(user);
            await(ended::isDone);
            return Optional.empty();
        } catch (CompletionException failed) {
            return failed(step, String.valueOf(failed.getCause()));
        } catch (TimeoutException late) {
            return failed(String.valueOf(late.getMessage()), "nothing happened for " + limit.toMillis() + " ms");
        } catch (RuntimeException | LinkageError problem) {
            return failed(step, problem.toString());
        } finally {
            if (interrupted || interruptedMeanwhile) Thread.currentThread().interrupt();
        }
    }

    private static Optional<String> failed(String at, String why) {
        return Optional.of(JdkThreads.fallback("a trial user failed when it " + at + ": " + why));
    }

    /** Wakes the user, holds the monitor it then waits for, and sees that the loop turns all the while. */
    private void wake(Thread user) throws TimeoutException {
        synchronized (monitor) {
            woken = true;
            LockSupport.unpark(user);
            await(() -> enters.getCount() == 0);
            await(() -> user.getState() == Thread.State.BLOCKED);
            var turned = new CountDownLatch(1);
            loop.execute(turned::countDown);
            await(() -> turned.getCount() == 0);
        }
    }

    /** Waits until it is so, or for the user's failure. */
    private void await(BooleanSupplier so) throws TimeoutException {
        long end = System.nanoTime() + limit.toNanos();
        while (!so.getAsBoolean() || ended.isCompletedExceptionally()) {
            if (ended.isCompletedExceptionally()) ended.join();
            // Says where it was: the user may go on as soon as the monitor is free.
            if (System.nanoTime() - end > 0) throw new TimeoutException(step);
            LockSupport.parkNanos(100_000);
            if (Thread.interrupted()) interruptedMeanwhile = true;
        }
    }

    private void live() {
        try {
            check();
            step("slept");
            long begin = System.nanoTime();
            Thread.sleep(1);
            if (System.nanoTime() - begin < 1_000_000) throw new IllegalStateException("it woke too early");
            check();
            step("was woken by another thread");
            parks.countDown();
            while (!woken) LockSupport.park();
            check();
            step("waited for a monitor");
            enters.countDown();
            synchronized (monitor) {
                check();
            }
            step("yielded");
            Thread.yield();
            check();
            ended.complete(true);
        } catch (Throwable problem) {
            ended.completeExceptionally(problem);
        }
    }

    private void step(String what) {
        step = what;
    }

    private void check() {
        if (!Thread.currentThread().isVirtual() || !loop.onThread()) throw new IllegalStateException("it ran on " + Thread.currentThread());
    }
}
