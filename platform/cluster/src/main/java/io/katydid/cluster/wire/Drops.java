package io.katydid.cluster.wire;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs dropped messages: the first of a peer, and how many it were when the peer takes messages again. */
final class Drops {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.cluster");
    private final Map<String, Integer> byPeer = new ConcurrentHashMap<>();

    void add(String clientId, String why) {
        if (byPeer.merge(clientId, 1, Integer::sum) == 1)
            LOG.warn("A message to {} was dropped: {}. Those after it are dropped too until it reads.",
                clientId, why);
    }

    void forget(String clientId) {
        byPeer.remove(clientId);
    }

    void end(String clientId) {
        if (byPeer.isEmpty()) return;
        var dropped = byPeer.remove(clientId);
        if (dropped != null) LOG.warn("{} takes messages again; {} to it were dropped.", clientId, dropped);
    }
}
