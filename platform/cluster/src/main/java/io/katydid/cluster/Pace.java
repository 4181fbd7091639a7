package io.katydid.cluster;

import java.time.Duration;

/**
 * Says how often nodes speak, and how long they wait for each other. The defaults are the reference's constants.
 *
 * @param heartbeat between two heartbeats of a worker, and between two looks of its master
 * @param liveness looks without a heartbeat after which a worker is missing
 * @param dead looks without a heartbeat, below zero, after which a missing worker is forgotten
 * @param report between two reports of a worker's statistics
 * @param logs between two reports of a worker's log
 * @param masterSilence after which a worker believes that its master is gone
 * @param connect how long a worker waits for the answer to one greeting
 * @param greetings how often a worker greets a master that does not answer
 * @param farewell how long a master that quits waits for what workers say last
 * @param stopGrace what workers get to stop, beside the stop timeout
 */
record Pace(Duration heartbeat, int liveness, int dead, Duration report, Duration logs, Duration masterSilence, Duration connect,
    int greetings, Duration farewell, Duration stopGrace) {

    static Pace defaults() {
        return new Pace(Duration.ofSeconds(1), 3, -60, Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(60),
            Duration.ofSeconds(5), 60, Duration.ofMillis(500), Duration.ofSeconds(60));
    }

    /** Gives how many heartbeats without an answer make a worker greet its master again. */
    int unanswered() {
        return (int) Math.max(1, connect.dividedBy(heartbeat));
    }

    /** Gives a pace so many times as fast; the counts stay. */
    Pace times(int factor) {
        return new Pace(heartbeat.dividedBy(factor), liveness, dead, report.dividedBy(factor), logs.dividedBy(factor),
            masterSilence.dividedBy(factor), connect.dividedBy(factor), greetings, farewell, stopGrace.dividedBy(factor));
    }
}
