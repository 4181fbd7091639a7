package io.katydid.html;

import io.katydid.api.State;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.ExceptionEntry;
import io.katydid.api.stats.Snapshot;
import io.katydid.api.stats.StatsError;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Is a snapshot with the contents given. */
record FakeSnapshot(double runTime, int userCount, EntrySnapshot total, List<EntrySnapshot> entries, List<StatsError> errors,
    List<ExceptionEntry> exceptions, Map<String, Long> cancelled) implements Snapshot {

    static FakeSnapshot of(double runTime, int users, EntrySnapshot total) {
        return new FakeSnapshot(runTime, users, total, List.of(), List.of(), List.of(), Map.of());
    }

    FakeSnapshot with(List<EntrySnapshot> more) {
        return new FakeSnapshot(runTime, userCount, total, more, errors, exceptions, cancelled);
    }

    FakeSnapshot withErrors(List<StatsError> more) {
        return new FakeSnapshot(runTime, userCount, total, entries, more, exceptions, cancelled);
    }

    FakeSnapshot withExceptions(List<ExceptionEntry> more) {
        return new FakeSnapshot(runTime, userCount, total, entries, errors, more, cancelled);
    }

    FakeSnapshot withCancelled(Map<String, Long> more) {
        return new FakeSnapshot(runTime, userCount, total, entries, errors, exceptions, more);
    }

    @Override public Instant time() { return Instant.EPOCH; }

    @Override public boolean last() { return false; }

    @Override public State state() { return State.RUNNING; }

    @Override public Map<String, Integer> userCounts() { return Map.of(); }

    @Override public Health health() { return new Health(List.of(0.25, 0.5), 0.1, 3, 70, 0); }
}
