package io.katydid.api;

import io.katydid.api.cli.OptionRegistry;

/**
 * Adds something to the platform. One instance per environment; all methods
 * have defaults.
 *
 * <pre>{@code
 * @Extension
 * public final class HelloReporter implements Plugin {
 *     @Override
 *     public void init(Environment environment) {
 *         environment.events().testStop()
 *                 .addListener(_ -> IO.println(environment.stats().total().numRequests() + " requests"));
 *     }
 * }
 * }</pre>
 *
 * <p>
 * What it registers belongs to it and is removed when its bundle or script is
 * unloaded.
 */
public interface Plugin {

    /**
     * Declares options. Runs before the command line is parsed, when nothing else
     * exists.
     */
    default void options(OptionRegistry options) {
    }

    /**
     * Starts the plugin: runner and web UI exist. The reference's
     * {@code events.init}. On a thread of its own.
     *
     * <p>
     * An exception leaves this plugin of a bundle out and names it, and so does an
     * init that takes longer than 10 s (it is taken up when it returns); the run
     * goes on. A {@link KatydidException} is a refusal: the run cannot do what was
     * asked for, and does not start. In a script any exception is one.
     */
    default void init(Environment environment) throws Exception {
    }

    /** Ends the plugin, after everything it registered was removed. */
    default void close() throws Exception {
    }
}
