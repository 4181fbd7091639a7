package io.katydid.api;

/** Runs the users that a master tells it to. */
public non-sealed interface WorkerRunner extends Runner {

    /** Gives the number the master gave this worker, from 0; −1 before it did. */
    int workerIndex();

    /** Gives the id this worker connects with. */
    String clientId();
}
