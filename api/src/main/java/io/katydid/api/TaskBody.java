package io.katydid.api;

import java.io.Serializable;

/**
 * Is a task given as code rather than as an annotated method: {@code this::pay}
 * keeps the name and the tags of {@code pay}, a lambda is called {@code task 3}
 * by its place. Serializable only so that the name can be read; nothing is ever
 * serialized.
 */
@FunctionalInterface
public interface TaskBody extends Serializable {

    /** Runs the task once, on the user's thread. */
    void run() throws Exception;
}
