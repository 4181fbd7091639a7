package io.katydid.host;

import io.katydid.api.web.PluginInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Version;

/** Holds the files of the folders: each is a bundle, or what is wrong with it. Knows which of them are to run. Used under the monitor of {@link Bundles}. */
final class BundleFolder {
    private final Selection selection;
    private final Optional<Path> shipped;
    private final Map<Path, Entry> files = new TreeMap<>();

    private record Entry(String stamp, @Nullable Revision revision, @Nullable PluginInfo unreadable) {}

    BundleFolder(Selection selection, Optional<Path> shipped) {
        this.selection = selection;
        this.shipped = shipped;
    }

    Collection<Revision> revisions() {
        return files.values().stream().map(Entry::revision).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
    }

    Stream<PluginInfo> unreadable() {
        return files.values().stream().map(Entry::unreadable).filter(Objects::nonNull).map(Objects::requireNonNull);
    }

    /** Reads files that are new or different; nothing is installed yet. */
    void read(SortedMap<Path, String> look) {
        files.keySet().removeIf(path -> !look.containsKey(path));
        look.forEach((path, stamp) -> {
            var known = files.get(path);
            if (known == null || !known.stamp().equals(stamp)) files.put(path, read(path, stamp, known));
        });
    }

    private Entry read(Path path, String stamp, @Nullable Entry before) {
        try {
            JarCheck.sound(path);
            // Katydid's own end no process, and a start is not to read each class of theirs.
            var remark = shipped.filter(path::startsWith).isPresent() ? Optional.<String>empty() : ExitCalls.remark(path);
            return new Entry(stamp, new Revision(BundleFile.read(path), stamp, remark), null);
        } catch (IOException | RuntimeException broken) {
            var why = broken instanceof IOException ? String.valueOf(broken.getMessage()) : "it cannot be read: " + Words.of(broken);
            if (before != null && before.revision() != null && before.revision().isUsable()) {
                before.revision().goesOn(why + "; the bundle goes on as it was before");
                return new Entry(stamp, before.revision(), null);
            }
            return new Entry(stamp, null, unreadable(path, why));
        }
    }

    private static PluginInfo unreadable(Path path, String why) {
        return new PluginInfo(path.getFileName().toString().replaceFirst("\\.jar$", ""), "", "failed", List.of(), path, why, "");
    }

    /** Puts another revision of the same file in the place of one. */
    void replace(UnaryOperator<Revision> by) {
        files.replaceAll((_, entry) -> entry.revision() == null ? entry : new Entry(entry.stamp(), by.apply(entry.revision()), null));
    }

    /** Keeps of each name the newest version; the others are off and say so, but for one that runs until the newer has taken its place. */
    Map<String, Revision> chosen(Collection<Revision> running) {
        Map<String, Revision> best = new TreeMap<>();
        for (var one : revisions()) {
            if (selection.leavesOut(one.file())) {
                one.off("left out by --plugins");
                continue;
            }
            var other = best.get(one.file().symbolicName());
            var wins = other == null || version(one).compareTo(version(other)) > 0;
            if (wins) best.put(one.file().symbolicName(), one);
            if (other != null) refuse(wins ? other : one, wins ? one : other, running);
        }
        best.values().forEach(Revision::backOn);
        return best;
    }

    private static void refuse(Revision loser, Revision winner, Collection<Revision> running) {
        if (loser.isUsable() && running.contains(loser)) return;
        var file = winner.file();
        if (version(loser).equals(version(winner))) {
            loser.failed("it is the same bundle as " + file.path().getFileName() + " (" + file.symbolicName() + " " + file.version()
                + "). Remove one of the two");
        } else {
            loser.off("replaced by the newer " + file.path().getFileName() + " (" + file.version() + ")");
        }
    }

    private static Version version(Revision one) { return version(one.file().version()); }

    /** Reads a version; one that is none comes before all others. */
    static Version version(String text) {
        try {
            return Version.parseVersion(text);
        } catch (IllegalArgumentException odd) {
            return Version.emptyVersion;
        }
    }

    boolean starts(Revision one) { return selection.starts(one.file()); }

    List<BundleFile> bundleFiles() { return revisions().stream().map(Revision::file).toList(); }
}
