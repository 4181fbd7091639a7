package io.katydid.cluster.ship;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Is one file of a list.
 *
 * @param kind what it is for
 * @param name the name it has at the worker, with slashes
 * @param size its bytes
 * @param sha256 the hash of what is in it
 */
public record Item(Kind kind, String name, long size, String sha256) {

    Map<String, @Nullable Object> toWire() {
        var map = new LinkedHashMap<String, @Nullable Object>();
        map.put("kind", kind.word());
        map.put("name", name);
        map.put("size", size);
        map.put("sha256", sha256);
        return map;
    }
}
