package io.katydid.api;

import java.util.List;
import java.util.Map;

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

    /** Gives the number of its users per class name. */
    Map<String, Integer> userCounts();

    /**
     * Gives how much it uses of the cores it has, in percent, as of its last
     * heartbeat; of a worker that is not Katydid's, of one core.
     */
    double cpuPercent();

    /** Gives the memory it uses, in bytes, as of its last heartbeat. */
    long memoryBytes();

    /**
     * Gives the last lines of its log, oldest first, at most 500; they come every
     * 10 s while the log grows slowly.
     */
    List<String> log();
}
