package io.katydid.kernel.stats;

/**
 * Takes requests and hands over an interval when asked, keeping a second one to go on with. Used by one thread at a time: a loop's shard by code on that loop
 * only, the others under their own monitor.
 */
final class Shard {
    private Interval active;
    private Interval spare;

    Shard(int maxNames) {
        active = new Interval(maxNames);
        spare = new Interval(maxNames);
    }

    Interval active() { return active; }

    /** Gives the interval that ended; the caller merges and clears it before the next call. */
    Interval swap() {
        var ended = active;
        active = spare;
        spare = ended;
        return ended;
    }
}
