package io.katydid.kernel.stats;

import io.katydid.api.State;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.ExceptionEntry;
import io.katydid.api.stats.Snapshot;
import io.katydid.api.stats.StatsError;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Is a snapshot as the kernel makes it. */
record KernelSnapshot(Instant time, double runTime, boolean last, State state, Map<String, Integer> userCounts, EntrySnapshot total,
    List<EntrySnapshot> entries, List<StatsError> errors, List<ExceptionEntry> exceptions, Map<String, Long> cancelled,
    Health health) implements Snapshot {

    @Override public int userCount() { return userCounts.values().stream().mapToInt(Integer::intValue).sum(); }
}
