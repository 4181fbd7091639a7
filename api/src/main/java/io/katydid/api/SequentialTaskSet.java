package io.katydid.api;

/**
 * Runs its tasks in the order of the source, over and over. A weight runs a
 * task that many times in a row; an exception does not restart the sequence.
 * Call {@link #interrupt()} in the last task to leave.
 */
public abstract class SequentialTaskSet extends TaskSet {

    /** Is called by the runner only, when the user enters the set. */
    protected SequentialTaskSet() {
    }
}
