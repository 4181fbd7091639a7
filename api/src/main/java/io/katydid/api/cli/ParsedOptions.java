package io.katydid.api.cli;

import java.util.Map;
import java.util.Optional;

/** Gives the values of options. Any thread. */
public interface ParsedOptions {

    /**
     * Gives the value of an option; an error when it has neither a value nor a
     * default, or was never added.
     */
    <T> T get(Option<T> option);

    /**
     * Gives the value of an option, empty when it has neither a value nor a
     * default.
     */
    <T> Optional<T> find(Option<T> option);

    /**
     * Gives the value under a name, with or without {@code --}; an error when there
     * is none.
     */
    Object get(String name);

    /** Gives the value under a name, with or without {@code --}. */
    Optional<Object> find(String name);

    /** Gives all values by key, secrets left out. */
    Map<String, Object> all();

    /**
     * Says where the value under a name came from, such as {@code command line},
     * {@code KATYDID_HOST}, a file, or {@code default}.
     */
    String source(String name);
}
