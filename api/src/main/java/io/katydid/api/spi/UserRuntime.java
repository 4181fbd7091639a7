package io.katydid.api.spi;

import io.katydid.api.Environment;
import io.katydid.api.Registration;
import io.katydid.api.Scenario;
import io.katydid.api.TaskList;
import io.katydid.api.TaskSet;
import io.katydid.api.ThrowingSupplier;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.UserState;
import io.katydid.api.WaitTime;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Is one user's line to the run. A protocol client calls it around each
 * request:
 *
 * <pre>{@code
 * runtime.checkpoint();                       // throws StopUser once the user was told to stop
 * runtime.exchangeStarted();                  // the first byte is about to be written: a stop now waits for --drain
 * try { … } finally { runtime.exchangeEnded(); }
 * runtime.record(outcome);                    // statistics, then listeners
 * }</pre>
 *
 * <p>
 * When the drain is over the kernel interrupts the user's thread. A client that
 * is interrupted while {@link #stopping()} closes its connection, calls
 * {@link #cancelled} instead of {@code record}, and then {@code checkpoint()},
 * which throws the signal. Methods are for the user's own thread unless they
 * say otherwise.
 */
public interface UserRuntime {

    /** Gives the environment. Any thread. */
    Environment environment();

    /** Gives the user; an error while it is being constructed. Any thread. */
    User user();

    /** Gives the description of the user's class. Any thread. */
    UserClass userClass();

    /** Gives the user's virtual thread. Any thread. */
    Thread thread();

    /**
     * Gives the base URL that won: {@code --host} or console, else the user's own;
     * "" when there is none.
     */
    String host();

    /** Gives the user's {@code context()}, which goes into each request. */
    Map<String, Object> context();

    /** Sleeps until the time is over or the user is told to stop. */
    void sleep(double seconds);

    /** Runs a call on the pool for blocking work. */
    <T, X extends Exception> T blocking(ThrowingSupplier<T, X> call) throws X;

    /** Gives the wait time a scenario has when it says none. */
    WaitTime inheritedWaitTime(Scenario scenario) throws Exception;

    /** Replaces the tasks of one instance. Any thread. */
    void replaceTasks(Scenario scenario, TaskList tasks);

    /** Queues a {@code TaskBody} or the class of a task set. */
    void schedule(TaskSet where, Object task, boolean first);

    /**
     * Ends the user here when it was told to stop, and settles a deferred verdict.
     */
    void checkpoint();

    /** Tells whether the user runs a task, waits, or was told to stop. Any thread. */
    UserState userState();

    /**
     * Ends the user at once or, unless forced, after its present task; tells
     * whether it ends at once. Any thread.
     */
    boolean stop(boolean force);

    /** Tells whether the user was told to stop. Any thread. */
    boolean stopping();

    /**
     * Says that the first byte of a request is about to be written. May nest for
     * child threads. Any thread of the user.
     */
    void exchangeStarted();

    /** Says that the answer has come or never will. Any thread of the user. */
    void exchangeEnded();

    /**
     * Records a finished request: statistics first, then listeners, whose signals
     * pass through. Any thread of the user.
     */
    void record(RequestOutcome outcome);

    /**
     * Counts a request that was cut off by the end of the drain: neither a request
     * nor a failure.
     */
    void cancelled(String requestType, String name);

    /**
     * Leaves a verdict open until the user's next call into the platform or the end
     * of its task.
     */
    void defer(PendingVerdict verdict);

    /**
     * Runs work when the present task has ended, on the user's thread, with the
     * task's name such as {@code Shop.browse}: a client takes back what a script
     * left open. Outside of tasks the work waits for the end of the user and gets
     * the name of its class. Any thread of the user.
     */
    Registration afterTask(Consumer<String> work);
}
