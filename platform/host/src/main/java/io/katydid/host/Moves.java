package io.katydid.host;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Is what a change has moved so far. */
final class Moves {
    private final List<Revision> started = new ArrayList<>();
    private final List<HostChange.Update> updated = new ArrayList<>();
    private final List<Revision> removed = new ArrayList<>();
    private final List<Revision> unused = new ArrayList<>();

    /**
     * Takes in that a revision runs now. When the one before it came in this very change, as happens where bundles import from each other in a circle, nobody has seen that one: it is unused.
     */
    void started(Revision one, @Nullable Revision before) {
        started.add(one);
        if (before == null) return;
        if (!started.remove(before)) {
            updated.add(new HostChange.Update(before, one));
            return;
        }
        unused.add(before);
        updated.replaceAll(update -> update.to().equals(before) ? new HostChange.Update(update.from(), one) : update);
    }

    /** Takes in that a revision has no successor. */
    void removed(Revision one) {
        if (!started.remove(one)) {
            removed.add(one);
            return;
        }
        unused.add(one);
        for (var update : List.copyOf(updated)) {
            if (!update.to().equals(one)) continue;
            updated.remove(update);
            removed.add(update.from());
        }
    }

    /** Gives those that are left to their users. */
    Set<Revision> leaving() {
        var all = new HashSet<>(removed);
        updated.forEach(update -> all.add(update.from()));
        return all;
    }

    /** Gives those that came and went in this change: nobody uses them. */
    List<Revision> unused() { return List.copyOf(unused); }

    HostChange done() {
        var endedNow = removed.stream().filter(one -> RemoveNow.isMarked(one.file().path())).toList();
        return new HostChange(started, updated, removed, endedNow);
    }
}
