package io.katydid.api;

/**
 * Leaves the running task set and hands control back to its parent.
 * {@link TaskSet#interrupt()} throws it.
 */
public final class InterruptTaskSet extends TaskSignal {
    private final boolean reschedule;

    /** Leaves the task set; the parent picks its next task at once. */
    public InterruptTaskSet() {
        this(true);
    }

    /**
     * Leaves the task set; with {@code reschedule} false the parent waits its wait
     * time first.
     */
    public InterruptTaskSet(boolean reschedule) {
        super("the task set was interrupted");
        this.reschedule = reschedule;
    }

    /** Tells whether the parent picks its next task at once. */
    public boolean reschedule() {
        return reschedule;
    }
}
