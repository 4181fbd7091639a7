package io.katydid.api;

import io.katydid.api.spi.UserRuntime;
import java.util.Map;

/**
 * Is one simulated client. Extend it, or one of the protocol users such as
 * {@code HttpUser}, and give it tasks.
 *
 * <pre>{@code
 * class BrowseUser extends HttpUser {
 *     @Override
 *     protected WaitTime waitTime() {
 *         return between(1, 3);
 *     }
 *     @Task(3)
 *     void listProducts() {
 *         client.get("/api/products");
 *     }
 * }
 * }</pre>
 *
 * <p>
 * The runner makes one instance per simulated client and runs it on a virtual
 * thread of its own until the test stops. The constructor runs there too. An
 * {@code abstract} class is never spawned.
 */
public abstract non-sealed class User extends Scenario {

    /**
     * Is called by the runner only; to run one user yourself, use
     * {@code SingleUser.run(BrowseUser.class)}.
     */
    protected User() {
    }

    /**
     * Gives the base URL of this class: {@link Host}, or what an override computes;
     * "" when there is none. {@code --host} and the web console win over it:
     * protocol clients use the one that won.
     */
    public String host() {
        var host = getClass().getAnnotation(Host.class);
        return host == null ? "" : host.value();
    }

    /**
     * Gives what goes into the context of every request of this user; the context
     * of a request itself wins.
     */
    protected Map<String, Object> context() {
        return Map.of();
    }

    /**
     * Opens what this user's client needs. For protocol bundles: runs once, after
     * the constructor and before {@code onStart}.
     */
    protected void prepare() throws Exception {
    }

    /**
     * Closes what {@link #prepare} opened. For protocol bundles: runs once, after
     * {@code onStop}, also when {@code onStart} threw.
     */
    protected void release() throws Exception {
    }

    /**
     * Gives the line to the run. For protocol bundles: their clients call it around
     * each request.
     */
    protected final UserRuntime runtimeForClient() {
        return runtime();
    }

    /** Gives the editable description of this user's class. */
    public final UserClass userClass() {
        return runtime().userClass();
    }

    /**
     * Gives the virtual thread this user runs on, for debugging. The reference's
     * {@code greenlet}.
     */
    public final Thread thread() {
        return runtime().thread();
    }

    /** Tells whether this user runs a task, waits, or was told to stop. Any thread. */
    public final UserState userState() {
        return runtime().userState();
    }

    /**
     * Ends this user, which is not replaced: at once when {@code force} is true or
     * it waits after a task, else when its present task is done. Tells whether it
     * ends at once. A forced stop of a user by itself does not return. Any thread.
     */
    public final boolean stop(boolean force) {
        return runtime().stop(force);
    }

    @Override public String toString() {
        return getClass().getSimpleName() + "@" + Integer.toHexString(System.identityHashCode(this));
    }
}
