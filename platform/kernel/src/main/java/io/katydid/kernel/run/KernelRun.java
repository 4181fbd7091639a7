package io.katydid.kernel.run;

import io.katydid.api.Run;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Is one test from start to stop. */
public final class KernelRun implements Run {
    private static final int MAX_FAULTS = 100;
    private final String id = UUID.randomUUID().toString();
    private final Instant startTime = Instant.now();
    private final long startNanos = System.nanoTime();
    private final Map<String, Object> parameters;
    private final List<Mark> marks = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final Map<String, Share> shares = new ConcurrentHashMap<>();
    private final Map<String, String> growing = new LinkedHashMap<>();
    private volatile @Nullable Instant endTime;
    private volatile long endNanos;

    KernelRun(Map<String, Object> parameters) {
        this.parameters = Map.copyOf(parameters);
    }

    @Override public String id() { return id; }

    @Override public Instant startTime() { return startTime; }

    @Override public Optional<Instant> endTime() { return Optional.ofNullable(endTime); }

    @Override public Map<String, Object> parameters() { return parameters; }

    @Override public List<Mark> marks() { return List.copyOf(marks); }

    @Override public void mark(String what) {
        marks.add(new Mark(Instant.now(), what));
    }

    @Override public synchronized List<String> faults() { return Stream.concat(growing.values().stream(), faults.stream()).toList(); }

    void fault(String what) {
        if (faults.size() < MAX_FAULTS) faults.add(what);
    }

    /** Says something that may still grow: what was said by this name before is replaced. */
    public synchronized void fault(String name, String what) {
        growing.put(name, what);
    }

    /** Gives what each worker did. */
    @Override public List<Share> shares() {
        return shares.values().stream().sorted(Comparator.comparingInt(Share::index)).toList();
    }

    /** Adds to what a worker did: requests add up, of the other figures the greatest counts. */
    public void share(Share more) {
        shares.merge(more.workerId(), more,
            (before, now) -> new Share(now.workerId(), now.index(), Math.max(before.mostUsers(), now.mostUsers()),
                before.requests() + now.requests(), Math.max(before.cpuPercent(), now.cpuPercent()),
                Math.max(before.memoryBytes(), now.memoryBytes()), now.state()));
    }

    void end() {
        endNanos = System.nanoTime();
        endTime = Instant.now();
    }

    double seconds() { return ((endTime == null ? System.nanoTime() : endNanos) - startNanos) / 1e9; }
}
