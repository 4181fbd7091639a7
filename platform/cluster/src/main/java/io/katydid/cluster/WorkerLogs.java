package io.katydid.cluster;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps the last lines of each worker's log. Any thread. */
final class WorkerLogs {
    private static final int LINES = 500;
    private final Map<String, List<String>> lines = new ConcurrentHashMap<>();

    void put(String worker, List<String> log) {
        if (lines.size() >= Nodes.MAX && !lines.containsKey(worker)) return;
        lines.put(worker, log.subList(Math.max(0, log.size() - LINES), log.size()));
    }

    /** Gives the lines of a worker, oldest first. */
    List<String> of(String worker) { return lines.getOrDefault(worker, List.of()); }
}
