package io.katydid.cluster;

import io.katydid.api.State;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Holds the workers of a master. Changed by the master's own thread, read by any. */
final class Nodes {
    static final int MAX = 10_000;
    private final WorkerLogs logs = new WorkerLogs();
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();
    private final Set<String> resting = ConcurrentHashMap.newKeySet();
    private final Map<String, Node> byId = new ConcurrentHashMap<>();
    /** Keeps the number of an id, also while it is away. */
    private final PerWorker<Integer> indexes = new PerWorker<>();
    private int nextIndex;

    WorkerLogs logs() { return logs; }

    /** Takes a worker in, anew when it is known; nothing when there are too many. */
    synchronized Optional<Node> join(String id, int lives) {
        if (byId.size() >= MAX && !byId.containsKey(id)) return Optional.empty();
        var node = new Node(id, indexes.of(id, _ -> nextIndex++), lives, logs);
        resting.remove(id);
        // It says so again, but the next test may begin before that comes.
        Optional.ofNullable(peers.get(id)).ifPresent(node::peer);
        byId.put(id, node);
        return Optional.of(node);
    }

    Optional<Node> find(String id) { return Optional.ofNullable(byId.get(id)); }

    /** Gives the number of an id, −1 when it never was here. */
    synchronized int index(String id) { return indexes.find(id).orElse(-1); }

    /** Takes in what a worker of Katydid says about itself. */
    void peer(String id, Peer said) {
        find(id).ifPresent(node -> {
            node.peer(said);
            peers.put(id, said);
        });
    }

    /** Forgets a worker. */
    void remove(String id) {
        byId.remove(id);
        resting.remove(id);
        peers.remove(id);
    }

    /** Takes a worker out that has stopped its users and is about to say that it is ready again. */
    void rest(String id) {
        byId.remove(id);
        if (resting.size() < MAX) resting.add(id);
    }

    /** Gives the ids of all that hear what is said: also of those that rest. */
    Set<String> listening() {
        var ids = new TreeSet<>(resting);
        ids.addAll(byId.keySet());
        return ids;
    }

    Collection<Node> all() { return List.copyOf(byId.values()); }

    /** Gives those that can run users, in the order of their numbers. */
    List<Node> usable() { return sorted(node -> !node.isMissing()); }

    List<Node> in(State state) { return sorted(node -> node.state() == state); }

    private List<Node> sorted(Predicate<Node> which) {
        return byId.values().stream().filter(which).sorted(Comparator.comparingInt(Node::index)).toList();
    }

    /** Tells whether every worker is one of Katydid's. */
    boolean allPeers() {
        return byId.values().stream().allMatch(node -> node.peer().isPresent());
    }

    /** Gives users per class over all workers. */
    Map<String, Integer> counts() {
        var counts = new TreeMap<String, Integer>();
        byId.values().forEach(node -> node.userCounts().forEach((name, users) -> counts.merge(name, users, Integer::sum)));
        return counts;
    }

    int count() { return byId.values().stream().mapToInt(Node::userCount).sum(); }
}
