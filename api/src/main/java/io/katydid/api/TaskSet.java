package io.katydid.api;

import org.jspecify.annotations.Nullable;

/**
 * Groups tasks that belong together, such as those of one page or one flow.
 * Control stays in it until it calls {@link #interrupt()}.
 *
 * <pre>{@code
 * @Task
 * class ThreadPage extends TaskSet {
 *     @Task(10)
 *     void read() {
 *         client.get("/thread/1");
 *     }
 *     @Task
 *     void leave() {
 *         interrupt();
 *     }
 * }
 * }</pre>
 *
 * <p>
 * An inner class sees the client and the fields of its user. A top-level one
 * serves several user types: its tasks ask for their user as a parameter,
 * {@code @Task void pay(HttpUser user)}. A new instance is made each time the
 * set is entered.
 */
public abstract non-sealed class TaskSet extends Scenario {

    /** Is called by the runner only, when the user enters the set. */
    protected TaskSet() {
    }

    /** Gives the user this set runs in. */
    protected final User user() {
        return runtime().user();
    }

    /** Gives the user or the enclosing task set. */
    protected final Scenario parent() {
        @Nullable
        Scenario parent = birth().parent();
        return parent == null ? user() : parent;
    }

    /**
     * Leaves this task set; the parent picks its next task at once. Does not
     * return.
     */
    protected final void interrupt() {
        interrupt(true);
    }

    /**
     * Leaves this task set; with {@code reschedule} false the parent waits its wait
     * time first. Does not return.
     */
    protected final void interrupt(boolean reschedule) {
        throw new InterruptTaskSet(reschedule);
    }

    /** Queues a task to run before the next pick, after those queued already. */
    protected final void scheduleTask(TaskBody task) {
        runtime().schedule(this, task, false);
    }

    /**
     * Queues a task set to run before the next pick, after what is queued already.
     */
    protected final void scheduleTask(Class<? extends TaskSet> task) {
        runtime().schedule(this, task, false);
    }

    /** Queues a task to run next, before those queued already. */
    protected final void scheduleFirst(TaskBody task) {
        runtime().schedule(this, task, true);
    }

    /** Queues a task set to run next, before what is queued already. */
    protected final void scheduleFirst(Class<? extends TaskSet> task) {
        runtime().schedule(this, task, true);
    }
}
