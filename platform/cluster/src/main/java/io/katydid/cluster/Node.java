package io.katydid.cluster;

import io.katydid.api.Run;
import io.katydid.api.State;
import io.katydid.api.Worker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Is a worker as its master knows it. Written by the master's own thread, read by any. */
final class Node implements Worker {
    private final String id;
    private final int index;
    private final WorkerLogs logs;
    private volatile State state = State.READY;
    private volatile int lives;
    private volatile Map<String, Integer> users = Map.of();
    private volatile double cpuPercent;
    private volatile long memoryBytes;
    private volatile boolean busySaid;
    private volatile @Nullable Peer peer;

    Node(String id, int index, int lives, WorkerLogs logs) {
        this.logs = logs;
        this.id = id;
        this.index = index;
        this.lives = lives;
    }

    @Override public String id() { return id; }

    @Override public int index() { return index; }

    @Override public State state() { return state; }

    void become(State next) {
        state = next;
    }

    boolean isMissing() { return state == State.MISSING; }

    @Override public int userCount() { return users.values().stream().mapToInt(Integer::intValue).sum(); }

    @Override public Map<String, Integer> userCounts() { return users; }

    void users(Map<String, Integer> perClass) {
        users = perClass;
    }

    /** Gives how many looks without a heartbeat are left; below zero it is missing. */
    int lives() { return lives; }

    void lives(int left) {
        lives = left;
    }

    @Override public double cpuPercent() { return cpuPercent; }

    @Override public long memoryBytes() { return memoryBytes; }

    @Override public List<String> log() { return logs.of(id); }

    /** Gives what it does, with so many requests more. */
    Run.Share share(long requests) {
        return new Run.Share(id, index, userCount(), requests, cpuPercent, memoryBytes, state);
    }

    void uses(double percent, long bytes) {
        cpuPercent = percent;
        memoryBytes = bytes;
    }

    /** Tells, once, that the worker is too busy. */
    boolean becomesBusy(double limit) {
        if (busySaid || cpuPercent <= limit) return false;
        busySaid = true;
        return true;
    }

    /** Gives what a worker of Katydid has said about itself; empty for any other. */
    Optional<Peer> peer() {
        return Optional.ofNullable(peer);
    }

    void peer(Peer said) {
        peer = said;
    }
}
