package io.katydid.cluster.wire;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds one message between master and worker: the frame's array of type, data and node id.
 *
 * <p>Data is null, Boolean, Long, Double, String, byte[], Instant, a list of such, or a map of such with keys that are String or Long. A number from
 * 2<sup>63</sup> to 2<sup>64</sup>-1, which the format has and Long has not, is a BigInteger. What the codec has read cannot be changed.
 *
 * @param type what the message is about, such as {@code client_ready}
 * @param data what it says, or null
 * @param nodeId the worker's client id, in both directions
 */
public record WireMessage(String type, @Nullable Object data, String nodeId) {

    /** Gives the data as a map with texts as keys; anything else is a corrupt message. */
    public Map<String, @Nullable Object> map() throws CorruptMessage {
        if (!(data instanceof Map<?, ?> entries))
            throw new CorruptMessage("The data of '" + type + "' from " + nodeId + " is " + Kinds.name(
                data) + ", not a map. Send a map with texts as keys.");
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (var entry : entries.entrySet()) {
            if (!(entry.getKey() instanceof String key))
                throw new CorruptMessage("The data of '" + type + "' from " + nodeId + " has the key "
                    + entry.getKey() + ", " + Kinds.name(entry.getKey()) + ". Send a map with texts as keys.");
            map.put(key, entry.getValue());
        }
        return Collections.unmodifiableMap(map);
    }
}
