package io.katydid.cluster;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Is what a worker of Katydid says about itself when its master has offered what goes beyond the reference.
 *
 * @param cores the cores it may use
 * @param epoch the worker's start, in nanoseconds of the epoch: tells it from others under the same id
 */
record Peer(int cores, long epoch) {
    /** Names the message, and the offer in the greeting's answer. */
    static final String TYPE = "katydid";

    Map<String, Object> toWire() {
        var map = new LinkedHashMap<String, Object>();
        map.put("cores", (long) cores);
        map.put("epoch", epoch);
        return map;
    }

    static Peer of(Said said) {
        return new Peer((int) Math.clamp(said.number("cores").orElse(1L), 1, 4096),
            said.number("epoch").orElse(0L));
    }
}
