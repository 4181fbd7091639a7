package io.katydid.api;

/**
 * Ends the running task like an early return: the wait time is honoured, then
 * the next task is picked.
 */
public final class RescheduleTask extends TaskSignal {

    /** Makes the signal; throw it. */
    public RescheduleTask() {
        super("the task was rescheduled");
    }
}
