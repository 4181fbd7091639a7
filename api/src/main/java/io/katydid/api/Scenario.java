package io.katydid.api;

import io.katydid.api.spi.Birth;
import io.katydid.api.spi.UserRuntime;
import java.util.concurrent.Callable;

/**
 * Is what a {@link User} and a {@link TaskSet} have in common: tasks, hooks, a
 * wait time and the words a task is written with. All of it runs on the user's
 * own virtual thread, so a task may simply block.
 */
public abstract sealed class Scenario permits User, TaskSet {
    private final UserRuntime runtime;
    private final Birth birth;

    Scenario() {
        birth = Birth.current(getClass());
        runtime = birth.runtime();
    }

    final UserRuntime runtime() {
        return runtime;
    }

    final Birth birth() {
        return birth;
    }

    /**
     * Says how long to wait after each task. Asked once per instance, before its
     * first task. Default: a user does not wait; a task set waits as its parent
     * does.
     */
    protected WaitTime waitTime() throws Exception {
        return runtime.inheritedWaitTime(this);
    }

    /**
     * Adds tasks that are only known at run time to the annotated ones. Asked once
     * per instance, before its first task.
     */
    protected TaskList tasks() {
        return TaskList.empty();
    }

    /**
     * Replaces the tasks of this instance, the annotated ones too, from the next
     * pick on. Any thread.
     */
    protected final void tasks(TaskList tasks) {
        runtime.replaceTasks(this, tasks);
    }

    /**
     * Runs before the first task of this instance. A user whose {@code onStart}
     * throws is a row of the exception table and ends.
     */
    protected void onStart() throws Exception {
    }

    /**
     * Runs when this instance ends, however it ends. Requests made here work and
     * are recorded; after 10 s it is interrupted.
     */
    protected void onStop() throws Exception {
    }

    /** Gives the environment this user runs in. */
    public final Environment environment() {
        return runtime.environment();
    }

    /**
     * Sleeps; the user's loop and all other users go on. Throws {@link StopUser}
     * once the user was told to stop.
     */
    public final void sleep(double seconds) {
        runtime.sleep(seconds);
    }

    /**
     * Runs code that would stall the loop (files, processes, CPU) on a pool of
     * platform threads and gives its result. Throws only what the call throws, and
     * {@link StopUser} once the user was told to stop.
     */
    public final <T, X extends Exception> T blocking(ThrowingSupplier<T, X> call) throws X {
        return runtime.blocking(call);
    }

    /**
     * Measures a call of any blocking client library as one request. An exception
     * is recorded as a failure and not thrown on: ask the result. Signals and
     * interrupts pass. With an overloaded method reference write a lambda instead.
     */
    public final <T> Measured<T> measure(String requestType, String name, Callable<? extends T> call) {
        return environment().events().request().measure(requestType, name, call);
    }

    /**
     * Measures a call without a result; as
     * {@link #measure(String, String, Callable)}.
     */
    public final Measured<Void> measure(String requestType, String name, ThrowingRunnable call) {
        return environment().events().request().measure(requestType, name, (Callable<Void>) () -> {
            call.run();
            return null;
        });
    }

    /** Waits uniformly at random from {@code min} to {@code max} seconds. */
    protected static WaitTime between(double min, double max) {
        return WaitTime.between(min, max);
    }

    /** Waits the same time after each task. */
    protected static WaitTime constant(double seconds) {
        return WaitTime.constant(seconds);
    }

    /**
     * Waits so that a task starts every {@code seconds} seconds; see
     * {@link WaitTime#constantPacing(double)}.
     */
    protected static WaitTime constantPacing(double seconds) {
        return WaitTime.constantPacing(seconds);
    }

    /**
     * Starts at most {@code perSecond} tasks a second in this user; see
     * {@link WaitTime#constantThroughput(double)}.
     */
    protected static WaitTime constantThroughput(double perSecond) {
        return WaitTime.constantThroughput(perSecond);
    }
}
