package io.katydid.kernel;

import io.katydid.api.Plugin;
import io.katydid.api.cli.ParsedOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Is what became different among the bundles of an environment that goes on.
 *
 * @param plugins new plugins by the bundle they come from; their options are declared
 * @param left the loaders of revisions that are being left
 * @param removed those of them that have no successor: no new users come on them
 * @param ended those of the removed ones whose users end after their present task; the other users go on as long as the test
 * @param relinked the script, linked again to the newer revisions; empty when it uses none of them, or cannot be linked
 * @param options the values of all options, with those of the new plugins
 * @param mark what the run's record says of it
 */
public record LiveUpdate(Map<Plugin, String> plugins, Set<ClassLoader> left, Set<ClassLoader> removed, Set<ClassLoader> ended,
    Optional<Relinked> relinked,
    ParsedOptions options, String mark) {

    /**
     * Is a script that was linked again.
     *
     * @param parts what the new compilation brings
     * @param successors the new loader of each old one
     */
    public record Relinked(ScriptParts parts, Map<ClassLoader, ClassLoader> successors) {}

    /** Keeps copies. */
    public LiveUpdate {
        plugins = new LinkedHashMap<>(plugins);
        left = Set.copyOf(left);
        removed = Set.copyOf(removed);
        ended = Set.copyOf(ended);
    }
}
