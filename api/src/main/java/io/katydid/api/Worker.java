package io.katydid.api;

/** Is a worker as its master sees it. */
public interface Worker {

    /** Gives the id it connected with. */
    String id();

    /** Gives its number, from 0 in the order of connection. */
    int index();

    /** Gives its state. */
    State state();

    /** Gives the number of its users. */
    int userCount();
}
