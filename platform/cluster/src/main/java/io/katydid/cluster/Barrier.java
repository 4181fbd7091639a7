package io.katydid.cluster;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Is what workers wait at before a test: all of them have begun it, listeners of test_start and all, before users start on any of them. Any thread. */
final class Barrier {
    private final Set<String> expected = ConcurrentHashMap.newKeySet();
    private volatile boolean open;

    void expect(String id) {
        expected.add(id);
    }

    void reached(String id) {
        expected.remove(id);
    }

    /** Gives those that are still expected; a worker that has gone is not. */
    List<String> missing(Nodes nodes) {
        return expected.stream().filter(id -> nodes.find(id).filter(node -> !node.isMissing()).isPresent()).sorted().toList();
    }

    boolean isReached(Nodes nodes) { return missing(nodes).isEmpty(); }

    boolean isOpen() { return open; }

    void open() {
        open = true;
    }
}
