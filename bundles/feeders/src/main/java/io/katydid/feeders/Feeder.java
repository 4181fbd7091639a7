package io.katydid.feeders;

/**
 * Gives rows of test data to one user; the position in the file is that of all users of the environment.
 *
 * @param <T> a row: the cells or members by name
 */
public interface Feeder<T> {

    /** Gives the next row. What happens when there is none is said where the feeder was made. The user's threads. */
    T next();
}
