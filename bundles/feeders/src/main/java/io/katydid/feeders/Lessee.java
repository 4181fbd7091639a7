package io.katydid.feeders;

import io.katydid.api.Environment;
import io.katydid.api.Runner;
import io.katydid.api.State;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Is a worker that gets its rows from the master. */
final class Lessee {
    private static final Set<State> ENDING = EnumSet.of(State.STOPPING, State.CLEANUP, State.STOPPED);
    private final Runner worker;
    private final Map<List<String>, LeasedPosition> positions = new ConcurrentHashMap<>();

    Lessee(Runner worker) {
        this.worker = worker;
    }

    static Lessee of(Environment environment) {
        return environment.shared("io.katydid.feeders lessee", Lessee.class, () -> new Lessee(environment.runner()));
    }

    LeasedPosition position(String file, Way way, long size) {
        return positions.computeIfAbsent(List.of(file, way.word()),
            _ -> new LeasedPosition(file, way, size, worker::sendMessage, () -> ENDING.contains(worker.state()), LeasedPosition.PATIENCE));
    }

    void granted(Lease.Grant grant) {
        find(grant.file(), grant.way()).ifPresent(position -> position.granted(grant.from(), grant.count()));
    }

    void over(Lease.Over over) {
        find(over.file(), over.way()).ifPresent(LeasedPosition::over);
    }

    private Optional<LeasedPosition> find(String file, String way) { return Optional.ofNullable(positions.get(List.of(file, way))); }
}
