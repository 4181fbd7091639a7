package io.katydid.cluster;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Keeps one thing for each worker, of the {@value #MOST} ids that were heard of last: whoever invents ids does not fill the memory. Not for several threads at once. */
final class PerWorker<V> {
    static final int MOST = 2 * Nodes.MAX;
    private final Map<String, V> all = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override protected boolean removeEldestEntry(Map.Entry<String, V> eldest) { return size() > MOST; }
    };

    Optional<V> find(String id) { return Optional.ofNullable(all.get(id)); }

    /** Gives what there is, or makes and keeps it. */
    V of(String id, Function<String, V> make) { return all.computeIfAbsent(id, make); }

    void put(String id, V value) {
        all.put(id, value);
    }

    void clear() {
        all.clear();
    }
}
