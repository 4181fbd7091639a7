package io.katydid.kernel.run;

import io.katydid.kernel.users.RunningUser;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops users and waits until they have ended. With a stop timeout they may finish their tasks; then, or without one, they are stopped at once, requests in
 * flight being awaited for the drain, and interrupted every 100 ms until they are gone.
 */
final class Stopper {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private static final long NUDGE_MILLIS = 100;

    private Stopper() {}

    /** Stops the users and returns when they have ended, or so long after the drain as the home has patience; an interrupt of the caller changes nothing and stays set. */
    static void stop(List<RunningUser> users, RunnerHome home) {
        var timeout = home.environment().stopTimeout().filter(time -> time.isPositive());
        if (timeout.isPresent()) {
            users.forEach(RunningUser::finishTask);
            if (await(users, System.nanoTime() + timeout.get().toNanos())) return;
            LOG.info("Not all users finished their tasks & terminated in {} seconds. Stopping them...", timeout.get().toMillis() / 1000.0);
        }
        stopNow(users, home);
    }

    /** Stops the users without the timeout, and returns as {@link #stop} does. */
    static void stopNow(List<RunningUser> users, RunnerHome home) {
        var drain = home.drain();
        var patience = home.patience();
        users.forEach(user -> user.stopNow(drain.toNanos()));
        if (!await(users, System.nanoTime() + drain.plus(patience).toNanos())) {
            LOG.warn("{} users did not end within {} s after they were stopped; the first is {}.",
                users.stream().filter(user -> !user.ended()).count(),
                patience.toSeconds(),
                users.stream().filter(user -> !user.ended()).findFirst().map(user -> user.thread().getName()).orElse("?"));
        }
    }

    private static boolean await(List<RunningUser> users, long endNanos) {
        long nextNudge = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(NUDGE_MILLIS);
        boolean interrupted = false;
        try {
            for (var user : users) {
                while (!user.ended()) {
                    long now = System.nanoTime();
                    if (now - endNanos >= 0) return false;
                    if (now - nextNudge >= 0) {
                        users.forEach(RunningUser::nudge);
                        nextNudge = now + TimeUnit.MILLISECONDS.toNanos(NUDGE_MILLIS);
                    }
                    interrupted |= !join(user, Math.max(1, Math.min(NUDGE_MILLIS, TimeUnit.NANOSECONDS.toMillis(endNanos - now))));
                }
            }
            return true;
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private static boolean join(RunningUser user, long millis) {
        try {
            user.join(millis);
            return true;
        } catch (InterruptedException later) {
            return false;
        }
    }
}
