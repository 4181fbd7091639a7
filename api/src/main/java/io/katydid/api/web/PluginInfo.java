package io.katydid.api.web;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Describes a bundle of the folders.
 *
 * @param name
 *            its name, without the {@code io.katydid.} of Katydid's own; of a
 *            file that cannot be read the file's name without {@code .jar}
 * @param version
 *            its version; "" when it cannot be read
 * @param state
 *            {@code active}, {@code library} (installed for its packages, not
 *            selected), {@code starting}, {@code hanging (started 12 s ago)},
 *            {@code draining (120 users)}, {@code off} (left out, or an older
 *            duplicate) or {@code failed}
 * @param provides
 *            what it adds
 * @param path
 *            the file it was read from
 * @param error
 *            what is wrong with it, in one line; "" when nothing is
 * @param remark
 *            what its owner should know although it works, in one line; "" when
 *            there is nothing
 */
public record PluginInfo(String name, String version, String state, List<Provided> provides, Path path, String error, String remark) {

    /**
     * Is one thing a bundle adds.
     *
     * @param kind
     *            {@code protocol} (a user class for scripts), {@code reporter},
     *            {@code plugin}, {@code command}, {@code verb}, {@code web server},
     *            {@code shape}, {@code dispatcher}, {@code panel}, {@code option} or
     *            {@code package}
     * @param name
     *            the simple name of a class, a panel's key, an option's or
     *            package's name
     */
    public record Provided(String kind, String name) {
    }

    private static final Set<String> DETAILS = Set.of("verb", "option", "package");

    /** Keeps a copy of the list. */
    public PluginInfo {
        provides = List.copyOf(provides);
    }

    /** Gives the name of its file. */
    public String file() {
        return path.getFileName().toString();
    }

    /**
     * Gives the kinds of what it adds, each once and in their order;
     * {@code library} when it has packages only.
     */
    public List<String> kinds() {
        var kinds = provides.stream().map(Provided::kind).filter(kind -> !DETAILS.contains(kind)).distinct().toList();
        return kinds.isEmpty() && !provides.isEmpty() ? List.of("library") : kinds;
    }

    /** Gives the same with more of what it adds. */
    public PluginInfo with(List<Provided> more) {
        var all = new ArrayList<>(provides);
        all.addAll(more);
        return new PluginInfo(name, version, state, all, path, error, remark);
    }

    /** Gives the same with another remark beside the ones it has. */
    public PluginInfo remarked(String more) {
        return new PluginInfo(name, version, state, provides, path, error, remark.isEmpty() ? more : remark + ". Also: " + more);
    }
}
