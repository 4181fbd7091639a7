package io.katydid.api;

import java.util.List;

/**
 * Runs no users itself: it tells its workers how many to run and merges what
 * they report.
 */
public non-sealed interface MasterRunner extends Runner {

    /** Gives the port it listens on. */
    int port();

    /** Gives the workers that are connected, ready or running. */
    List<Worker> workers();

    /** Gives those that have not been heard of lately, too. */
    List<Worker> allWorkers();

    /** Sends a custom message to one worker. */
    void sendMessage(String type, Object data, String clientId);

    /** Sends a custom message to one worker. */
    default void sendMessage(String type, Object data, Worker worker) {
        sendMessage(type, data, worker.id());
    }
}
