package io.katydid.kernel.users;

import java.util.HashSet;
import java.util.Set;

/**
 * Says which tasks run.
 *
 * @param include run only tasks with one of these tags; empty: all
 * @param exclude run no task with one of these tags; wins
 */
public record TagFilter(Set<String> include, Set<String> exclude) {
    /** Lets all tasks run. */
    public static final TagFilter NONE = new TagFilter(Set.of(), Set.of());

    boolean isEmpty() { return include.isEmpty() && exclude.isEmpty(); }

    boolean keeps(Set<String> tags) {
        return tags.stream().noneMatch(exclude::contains) && (include.isEmpty() || tags.stream().anyMatch(include::contains));
    }

    static Set<String> union(Set<String> a, Set<String> b) {
        if (a.isEmpty()) return b;
        if (b.isEmpty()) return a;
        var union = new HashSet<>(a);
        union.addAll(b);
        return Set.copyOf(union);
    }
}
