package io.katydid.api;

import io.katydid.api.stats.RequestStats;
import java.util.List;

/** Starts and stops the users of a test. Any thread, tasks included. */
public sealed interface Runner extends AutoCloseable permits LocalRunner, MasterRunner, WorkerRunner {

    /** Gives the state. */
    State state();

    /** Gives the number of users now; on a master, of all workers. */
    int userCount();

    /** Gives the number of users asked for. */
    int targetUserCount();

    /** Gives the statistics of the environment. */
    RequestStats stats();

    /** Gives the users of this process that are alive now. */
    List<User> users();

    /**
     * Starts a test, or changes the number of users of a running one; returns
     * before the ramp is done.
     *
     * @param userCount
     *            users in all; not negative
     * @param spawnRate
     *            users started or stopped per second; above 0
     */
    void start(int userCount, double spawnRate);

    /**
     * Starts a test or changes a running one, spawning only the given classes from
     * now on.
     */
    void start(int userCount, double spawnRate, List<Class<? extends User>> only);

    /** Starts the load shape of the environment. */
    void startShape();

    /**
     * Stops all users and waits for it, except when a user of this runner calls it.
     * Does nothing when stopped already.
     */
    void stop();

    /**
     * Stops the test and fires {@code quitting}; only the launcher ends the
     * process.
     */
    void quit();

    /** Waits until {@link #quit} is done. */
    void join() throws InterruptedException;

    /**
     * Takes custom messages of a type, one after the other. The reference's
     * {@code register_message}.
     */
    <T> Registration registerMessage(String type, Class<T> payload, MessageHandler<T> handler);

    /** Takes custom messages of a type, each on a thread of its own. */
    <T> Registration registerMessageConcurrent(String type, Class<T> payload, MessageHandler<T> handler);

    /**
     * Sends a custom message without data: a master to all workers, a worker to its
     * master, a local runner to itself.
     */
    void sendMessage(String type);

    /**
     * Sends a custom message; data may be a record, map, list, string or number.
     */
    void sendMessage(String type, Object data);

    /** Quits when that was not done and frees the loops. */
    @Override void close();
}
