package io.katydid.api;

import java.util.List;
import java.util.Optional;

/**
 * Describes one user class of an environment and lets its facts be edited
 * before and between runs: what annotations say is only the start value.
 * Changes take effect at the next start. Any thread.
 */
public interface UserClass {

    /** Gives the simple name, unique in an environment. */
    String name();

    /** Gives the class itself. */
    Class<? extends User> type();

    /** Gives its share among the user classes. */
    double weight();

    /** Sets its share; 0 leaves the class out. */
    void weight(double weight);

    /** Gives the exact number of users, 0 when the weight decides. */
    int fixedCount();

    /** Sets the exact number of users; 0 lets the weight decide. */
    void fixedCount(int fixedCount);

    /** Gives the base URL that was set here. */
    Optional<String> host();

    /** Sets the base URL of this class; {@code --host} still wins. */
    void host(String host);

    /** Gives the wait time that replaces those of its users and their task sets. */
    Optional<WaitTime> waitTime();

    /**
     * Replaces the wait time of all its users and their task sets, also of those
     * that run, from their next wait on; empty gives each its own again. One object
     * serves all of them, on their threads.
     */
    void waitTime(Optional<WaitTime> forAll);

    /** Gives the names of its tasks after tag filtering, in source order. */
    List<String> tasks();

    /** Keeps only the tasks of these names; an unknown name is an error. */
    void tasks(List<String> names);
}
