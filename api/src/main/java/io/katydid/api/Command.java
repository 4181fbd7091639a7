package io.katydid.api;

import io.katydid.api.cli.OptionRegistry;

/**
 * Is a verb of the command line, such as {@code katydid demo}; offered by a
 * bundle with {@link Extension}.
 */
public interface Command {

    /** Gives the verb: one word in lower case. */
    String name();

    /** Says in one line what it does, for {@code --help}. */
    String description();

    /** Declares the options only this verb has. */
    default void options(OptionRegistry options) {
    }

    /**
     * Does it and gives the exit code. The environment has the parsed options and
     * no runner yet.
     */
    int run(Environment environment) throws Exception;
}
