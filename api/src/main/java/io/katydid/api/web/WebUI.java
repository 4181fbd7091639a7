package io.katydid.api.web;

import io.katydid.api.Registration;
import io.katydid.api.ThrowingRunnable;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what scripts and bundles add to the console: routes, tables, background
 * tasks. It is a table of the kernel; the console serves it and may be replaced
 * meanwhile.
 *
 * <p>
 * Refused, with the reason: {@code /}, {@code /api/*}, {@code /console/*},
 * {@code /assets/*}, the console's pages, and paths that are taken. Any thread.
 */
public interface WebUI extends AutoCloseable {

    /** Answers GET requests to a path below the base path. */
    Registration get(String path, WebHandler handler);

    /** Answers POST requests to a path below the base path. */
    Registration post(String path, WebHandler handler);

    /** Answers requests of any method to a path. Flask's {@code add_url_rule}. */
    Registration route(String method, String path, WebHandler handler);

    /** Gives the same table; routes added through it need no sign-in. */
    WebUI open();

    /**
     * Gives a handler that requires sign-in when sign-in is on. All handlers do,
     * except those of {@link #open()}.
     */
    WebHandler authRequiredIfEnabled(WebHandler handler);

    /** Runs a task in the background for as long as the owner is loaded. */
    Registration addBackgroundTask(ThrowingRunnable task);

    /** Adds a table to the console. */
    Registration addPanel(WebPanel panel);

    /** Gives what the sign-in page gets; change it. */
    Map<String, Object> authArgs();

    /** Gives what all pages get; change it. */
    Map<String, Object> templateArgs();

    /** Tells whether a server listens. */
    boolean isServing();

    /** Starts the server when it was created with a delayed start. */
    void start();

    /** Stops the server; the table stays. */
    void stop();

    /** Stops the server. */
    @Override void close();

    /**
     * Gives the server's own object of a type, such as Vert.x' {@code Router};
     * empty before it serves.
     */
    <T> Optional<T> unwrap(Class<T> type);
}
