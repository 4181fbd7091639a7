package io.katydid.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the bundles of the folders in their revisions and brings them to what the folders say: a newer revision starts beside the older one, bundles that import from the older one are
 * linked again, and only then the older ones stop. Never {@code Bundle.update}: it breaks users that run. Any thread, under its own monitor.
 */
final class Bundles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);
    private final Selection selection;
    private final Path cache;
    private final Map<Path, Entry> files = new TreeMap<>();
    private final Map<String, Revision> running = new TreeMap<>();
    private final List<Revision> draining = new ArrayList<>();
    private final StaleHook stale = new StaleHook();
    private @Nullable Framework framework;

    /** Is a file of the folders: a bundle, or what is wrong with the file. */
    private record Entry(String stamp, @Nullable Revision revision, @Nullable BundleInfo unreadable) {}

    Bundles(Selection selection, Path cache) {
        this.selection = selection;
        this.cache = cache;
    }

    synchronized List<BundleFile> files() {
        return files.values().stream().map(Entry::revision).filter(Objects::nonNull).map(Revision::file).toList();
    }

    /** Gives what runs, by name. */
    synchronized List<Revision> running() {
        return running.values().stream().sorted(Comparator.comparing(Revision::name)).toList();
    }

    synchronized BundlePackages packages() {
        return BundlePackages.of(running());
    }

    synchronized List<BundleInfo> infos() {
        var present = files.values().stream()
            .map(entry -> entry.revision() == null ? Objects.requireNonNull(entry.unreadable()) : entry.revision().info());
        var unlisted = running.values().stream()
            .filter(one -> files.values().stream().noneMatch(entry -> one.equals(entry.revision()))).map(Revision::info);
        return Stream.of(present, unlisted, draining.stream().map(Revision::info)).flatMap(all -> all)
            .sorted(Comparator.comparing(BundleInfo::name)).toList();
    }

    /** Reads files that are new or different; nothing is installed yet. */
    synchronized void read(SortedMap<Path, String> look) {
        files.keySet().removeIf(path -> !look.containsKey(path));
        look.forEach((path, stamp) -> {
            var known = files.get(path);
            if (known == null || !known.stamp().equals(stamp)) files.put(path, read(path, stamp, known));
        });
    }

    private static Entry read(Path path, String stamp, @Nullable Entry before) {
        try {
            return new Entry(stamp, new Revision(BundleFile.read(path), stamp), null);
        } catch (IOException | IllegalArgumentException broken) {
            var file = path.getFileName().toString();
            var why = String.valueOf(broken.getMessage());
            if (before != null && before.revision() != null && before.revision().isUsable()) {
                before.revision().goesOn(why + "; the bundle goes on as it was before");
                return new Entry(stamp, before.revision(), null);
            }
            return new Entry(stamp, null, new BundleInfo(file.replaceFirst("\\.jar$", ""), "", "failed", file, why));
        }
    }

    /** Installs, starts, replaces and stops until what runs is what was read. */
    synchronized HostChange settle() {
        var chosen = chosen();
        var fresh = chosen.values().stream().filter(one -> !running.containsValue(one) && one.isWorthATry()).toList();
        var older = new HashMap<Revision, Revision>();
        for (var one : fresh) {
            var before = running.get(one.file().symbolicName());
            if (before != null) older.put(one, before);
        }
        bringUp(fresh, older);
        var change = new Moves();
        for (var one : fresh) take(one, change);
        for (var name : List.copyOf(running.keySet())) {
            if (!chosen.containsKey(name)) change.removed.add(Objects.requireNonNull(running.remove(name)));
        }
        relinkImporters(change);
        change.leaving().forEach(this::leave);
        files.replaceAll((_, entry) -> entry.revision() != null && draining.contains(entry.revision())
            ? new Entry(entry.stamp(), entry.revision().again(), null) : entry);
        chosen();
        return change.done();
    }

    /** Installs, wires and starts revisions that cannot see those they are to replace. */
    private void bringUp(List<Revision> fresh, Map<Revision, Revision> older) {
        if (fresh.isEmpty()) return;
        older.values().forEach(one -> hide(one, true));
        var felix = felix();
        for (var one : fresh) {
            one.retry();
            if (one.bundle() == null) install(felix, one);
        }
        felix.resolve(fresh.stream().map(Revision::bundle).filter(Objects::nonNull).toList());
        fresh.stream().filter(one -> one.bundle() != null && selection.starts(one.file())).forEach(Revision::start);
        older.forEach((one, before) -> {
            if (!one.isUsable()) hide(before, false);
        });
    }

    private void hide(Revision revision, boolean hidden) {
        var bundle = revision.bundle();
        if (bundle == null) return;
        if (hidden) stale.hide(bundle);
        else stale.show(bundle);
    }

    /** Lets a revision take its place, when it can. */
    private void take(Revision one, Moves change) {
        if (!one.isUsable()) return;
        var before = running.put(one.file().symbolicName(), one);
        change.started.add(one);
        if (before != null) change.updated.add(new HostChange.Update(before, one));
    }

    /** Links bundles again that are wired to a revision being left; one that cannot be linked any more leaves too, and says what it misses. */
    private void relinkImporters(Moves change) {
        var tried = new HashSet<Revision>();
        List<Revision> importers;
        while (!(importers = importersOf(change.leaving(), tried)).isEmpty()) {
            tried.addAll(importers);
            change.leaving().forEach(one -> hide(one, true));
            var older = new HashMap<Revision, Revision>();
            for (var one : importers) older.put(one.again(), one);
            bringUp(List.copyOf(older.keySet()), older);
            older.forEach((next, before) -> relinked(before, next, change));
        }
    }

    private List<Revision> importersOf(Set<Revision> leaving, Set<Revision> tried) {
        var gone = leaving.stream().map(Revision::bundle).filter(Objects::nonNull).toList();
        return running.values().stream().filter(one -> !tried.contains(one) && one.bundle() != null)
            .filter(one -> Framework.importsFrom(Objects.requireNonNull(one.bundle()), gone)).toList();
    }

    private void relinked(Revision before, Revision next, Moves change) {
        var path = before.file().path();
        files.computeIfPresent(path, (_, entry) -> new Entry(entry.stamp(), next, null));
        if (next.isUsable()) {
            take(next, change);
        } else {
            running.remove(before.file().symbolicName());
            change.removed.add(before);
            hide(before, true);
        }
    }

    private void leave(Revision one) {
        hide(one, true);
        one.draining();
        draining.add(one);
        var bundle = one.bundle();
        if (bundle != null) Framework.stop(bundle);
    }

    /** Uninstalls a revision whose last user has gone, as soon as nothing that is still used is wired to it. */
    synchronized void release(Revision one) {
        one.drained();
        boolean again = true;
        while (again) {
            again = false;
            for (var candidate : List.copyOf(draining)) {
                if (candidate.isDrained() && !isUsedByOthers(candidate)) {
                    draining.remove(candidate);
                    uninstall(candidate);
                    again = true;
                }
            }
        }
    }

    private boolean isUsedByOthers(Revision candidate) {
        var bundle = candidate.bundle();
        return bundle != null && draining.stream().filter(other -> !other.equals(candidate) && other.bundle() != null)
            .anyMatch(other -> Framework.importsFrom(Objects.requireNonNull(other.bundle()), List.of(bundle)));
    }

    private void uninstall(Revision one) {
        var bundle = one.bundle();
        if (bundle == null || framework == null) return;
        framework.uninstall(bundle);
        stale.show(bundle);
    }

    /** Is what a change has moved so far. */
    private static final class Moves {
        private final List<Revision> started = new ArrayList<>();
        private final List<HostChange.Update> updated = new ArrayList<>();
        private final List<Revision> removed = new ArrayList<>();

        Set<Revision> leaving() {
            var all = new HashSet<>(removed);
            updated.forEach(update -> all.add(update.from()));
            return all;
        }

        HostChange done() { return new HostChange(started, updated, removed); }
    }

    private Framework felix() {
        var known = framework;
        if (known != null) return known;
        var made = new Framework(cache, stale);
        framework = made;
        return made;
    }

    private static void install(Framework felix, Revision one) {
        try {
            one.installedAs(felix.install(one.file()));
        } catch (IOException | BundleException refused) {
            one.failed("its manifest is refused: " + Words.of(refused));
        }
    }

    /** Keeps of each name the newest version; the others are off and say so. */
    private Map<String, Revision> chosen() {
        Map<String, Revision> best = new TreeMap<>();
        for (var entry : files.values()) {
            var one = entry.revision();
            if (one == null) continue;
            if (selection.leavesOut(one.file())) {
                one.off("left out by --plugins");
                continue;
            }
            var other = best.get(one.file().symbolicName());
            var wins = other == null || version(one).compareTo(version(other)) > 0;
            if (wins) best.put(one.file().symbolicName(), one);
            if (other != null) refuse(wins ? other : one, wins ? one : other);
        }
        best.values().forEach(Revision::backOn);
        return best;
    }

    private void refuse(Revision loser, Revision winner) {
        // What runs says so until the newer one has taken its place.
        if (loser.isUsable() && running.containsValue(loser)) return;
        var file = winner.file();
        if (version(loser).equals(version(winner))) {
            loser.failed("it is the same bundle as " + file.path().getFileName() + " (" + file.symbolicName() + " " + file.version()
                + "). Remove one of the two");
        } else {
            loser.off("replaced by the newer " + file.path().getFileName() + " (" + file.version() + ")");
        }
    }

    private static Version version(Revision one) {
        try {
            return Version.parseVersion(one.file().version());
        } catch (IllegalArgumentException odd) {
            return Version.emptyVersion;
        }
    }

    /** Says once what is wrong with each bundle. */
    synchronized void warn(Set<String> said) {
        for (var info : infos()) {
            if (info.error().isEmpty() || info.state().equals("off")) continue;
            var line = info.file() + ": " + info.error() + (info.error().endsWith("?") ? "" : ".");
            if (said.add(line)) LOG.warn("{}", line);
        }
    }

    @Override public synchronized void close() {
        if (framework != null) framework.close();
    }
}
