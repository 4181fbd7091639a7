package io.katydid.api;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Says how long a user waits after a task.
 *
 * <pre>{@code
 * @Override
 * protected WaitTime waitTime() {
 *     return between(1, 3);
 * }
 * }</pre>
 *
 * <p>
 * A user is asked for its wait time object once, and its task sets share it
 * unless they have their own; so an object may keep state.
 */
@FunctionalInterface
public interface WaitTime {

    /**
     * Gives the next wait in seconds; negative counts as 0. Called on the user's
     * thread after each task.
     */
    double seconds() throws Exception;

    /** Waits uniformly at random from {@code min} to {@code max} seconds. */
    static WaitTime between(double min, double max) {
        if (!(min >= 0) || !(max >= min) || max == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(
                "between(" + min + ", " + max + "): the first number is the shortest wait in seconds and the "
                    + "second the longest. Write between(1, 3), not between(3, 1).");
        }
        return () -> min + ThreadLocalRandom.current().nextDouble() * (max - min);
    }

    /** Waits the same time after each task. */
    static WaitTime constant(double seconds) {
        requireSeconds("constant", seconds);
        return () -> seconds;
    }

    /**
     * Waits so that a task starts every {@code seconds} seconds; a task that takes
     * longer is followed at once by the next. Formula:
     * {@code max(0, seconds − duration of the task run)}, counted from the first
     * task on; a late start is not caught up.
     */
    static WaitTime constantPacing(double seconds) {
        requireSeconds("constantPacing", seconds);
        return new Pacing(seconds, System::nanoTime);
    }

    /**
     * Starts {@code perSecond} tasks a second in each user at most; the same as
     * {@code constantPacing(1 / perSecond)}.
     */
    static WaitTime constantThroughput(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("constantThroughput(" + perSecond
                + "): the number of tasks per second and user must be above 0. For one task in 10 s write 0.1.");
        }
        return constantPacing(1 / perSecond);
    }

    private static void requireSeconds(String word, double seconds) {
        if (!(seconds >= 0) || seconds == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException(word + "(" + seconds
                + "): the wait is a number of seconds and cannot be negative. Write " + word + "(2).");
        }
    }
}
