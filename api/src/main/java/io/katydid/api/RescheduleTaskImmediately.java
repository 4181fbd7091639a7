package io.katydid.api;

/** Ends the running task and starts the next one without waiting. */
public final class RescheduleTaskImmediately extends TaskSignal {

    /** Makes the signal; throw it. */
    public RescheduleTaskImmediately() {
        super("the task was rescheduled without a wait");
    }
}
