package io.katydid.host;

import java.util.List;

/**
 * Is what became different in the folders while the host runs. Bundles are never changed in place: a newer revision starts beside the older one, which is then left to its users.
 *
 * @param started revisions that run now, updated ones included
 * @param updated which older revision gave way to which newer one
 * @param removed revisions without a successor
 * @param endedNow those of the removed ones whose users are to end, instead of running on until the test does
 */
public record HostChange(List<Revision> started, List<Update> updated, List<Revision> removed, List<Revision> endedNow) {

    /**
     * Is a revision that gave way to a newer one.
     *
     * @param from the older one
     * @param to the newer one
     */
    public record Update(Revision from, Revision to) {}

    /** Keeps copies of the lists. */
    public HostChange {
        started = List.copyOf(started);
        updated = List.copyOf(updated);
        removed = List.copyOf(removed);
        endedNow = List.copyOf(endedNow);
    }

    /** Tells whether nothing is different. */
    public boolean isEmpty() {
        return started.isEmpty() && updated.isEmpty() && removed.isEmpty();
    }

    /** Gives the revisions that are being left: hand each to {@link Host#release} when the last user of it has gone. */
    public List<Revision> leaving() {
        return java.util.stream.Stream.concat(updated.stream().map(Update::from), removed.stream()).toList();
    }
}
