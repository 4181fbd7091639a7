package io.katydid.host;

import io.katydid.api.web.PluginInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds the bundles of the folders in their revisions and brings them to what the folders say: a newer revision starts beside the older one, bundles that import from the older one are
 * linked again, and only then the older ones stop. Never {@code Bundle.update}: it breaks users that run. Any thread, under its own monitor.
 */
final class Bundles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);
    private final Path cache;
    private final BundleFolder folder;
    private final Map<String, Revision> running = new TreeMap<>();
    private final List<Revision> draining = new ArrayList<>();
    private final Set<Revision> installed = new LinkedHashSet<>();
    private final StaleHook stale = new StaleHook();
    private final Remains remains = new Remains();
    private @Nullable Framework framework;

    Bundles(Selection selection, Path cache, Optional<Path> shipped) {
        this.cache = cache;
        folder = new BundleFolder(selection, shipped);
    }

    synchronized List<BundleFile> files() { return folder.bundleFiles(); }

    /** Gives what runs, by name. */
    synchronized List<Revision> running() {
        return running.values().stream().sorted(Comparator.comparing(Revision::name)).toList();
    }

    synchronized BundlePackages packages() { return BundlePackages.of(running()); }

    synchronized List<PluginInfo> infos() {
        var twice = packages().twice();
        return Stream.concat(folder.unreadable(), revisions().stream().map(one -> {
            var conflict = twice.get(one);
            return conflict == null ? one.info() : one.info().remarked(conflict);
        })).sorted(Comparator.comparing(PluginInfo::name)).toList();
    }

    /** Reads files that are new or different; nothing is installed yet. */
    synchronized void read(SortedMap<Path, String> look) {
        folder.read(look);
    }

    /** Tells what would become of one of these files: installs and wires them all, starts none, and loads the classes that one offers. */
    synchronized PluginInfo check(SortedMap<Path, String> look, Path file) {
        folder.read(look);
        var unreadable = folder.unreadable().filter(info -> info.path().equals(file)).findFirst();
        if (unreadable.isPresent()) return unreadable.get();
        var all = List.copyOf(folder.chosen(List.of()).values());
        var felix = felix();
        all.forEach(one -> install(felix, one));
        felix.resolve(bundles(all));
        var it = folder.revisions().stream().filter(one -> one.file().path().equals(file)).findFirst().orElseThrow();
        var bundle = it.bundle();
        if (bundle == null) return it.info();
        felix.whyNot(bundle).ifPresentOrElse(it::failed, it::offer);
        return it.info();
    }

    private static List<Bundle> bundles(Collection<Revision> of) {
        return of.stream().map(Revision::bundle).filter(Objects::nonNull).map(Objects::requireNonNull).toList();
    }

    /** Tells whether a start has ended, or become a hanging one, that nobody has taken up. Says which classes have not left the memory. */
    synchronized boolean hasNews() {
        remains.look().forEach(line -> LOG.warn("{}.", line));
        return installed.stream().anyMatch(Revision::hasNews);
    }

    /** Installs, starts, replaces and stops until what runs is what was read. Activators that take longer than the patience are taken up by a later call. */
    synchronized HostChange settle(Duration patience) {
        var chosen = folder.chosen(running.values());
        var fresh = chosen.values().stream()
            .filter(one -> !running.containsValue(one) && (one.isStarting() || one.isWorthATry())).toList();
        var older = new HashMap<Revision, Revision>();
        for (var one : fresh) {
            var before = running.get(one.file().symbolicName());
            if (before != null) older.put(one, before);
        }
        bringUp(fresh, older, patience);
        var change = new Moves();
        for (var one : fresh) take(one, change);
        for (var name : List.copyOf(running.keySet())) {
            if (!chosen.containsKey(name)) change.removed(Objects.requireNonNull(running.remove(name)));
        }
        relinkImporters(change, patience);
        change.leaving().forEach(this::leave);
        change.unused().forEach(this::uninstall);
        folder.replace(one -> draining.contains(one) ? one.again() : one);
        forget();
        folder.chosen(running.values());
        return change.done();
    }

    /** Installs, wires and starts revisions that cannot see those they are to replace. */
    private void bringUp(List<Revision> fresh, Map<Revision, Revision> older, Duration patience) {
        if (fresh.isEmpty()) return;
        older.values().forEach(one -> hide(one, true));
        var felix = felix();
        var idle = fresh.stream().filter(one -> !one.isStarting()).toList();
        for (var one : idle) {
            one.retry();
            if (one.bundle() == null) install(felix, one);
        }
        felix.resolve(bundles(idle));
        idle.stream().filter(one -> one.bundle() != null && folder.starts(one)).forEach(Revision::begin);
        long deadline = System.nanoTime() + patience.toNanos();
        fresh.forEach(one -> one.await(deadline));
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
        if (one.isUsable()) change.started(one, running.put(one.file().symbolicName(), one));
    }

    /**
     * Links bundles again that are wired to a revision being left, and those wired to these, all at once: bundles may import from each other in a circle. One that cannot be linked any more leaves too,
     * and says what it misses.
     */
    private void relinkImporters(Moves change, Duration patience) {
        var importers = importersOf(change.leaving());
        if (importers.isEmpty()) return;
        change.leaving().forEach(one -> hide(one, true));
        var older = new HashMap<Revision, Revision>();
        for (var one : importers) older.put(one.again(), one);
        bringUp(List.copyOf(older.keySet()), older, patience);
        older.forEach((next, before) -> relinked(before, next, change));
    }

    private Set<Revision> importersOf(Set<Revision> leaving) {
        var found = new LinkedHashSet<Revision>();
        var sources = new HashSet<>(leaving);
        for (int before = -1; before < found.size();) {
            before = found.size();
            var gone = bundles(sources);
            running.values().stream().filter(one -> !found.contains(one) && isWiredTo(one, gone)).forEach(found::add);
            sources.addAll(found);
        }
        return found;
    }

    private static boolean isWiredTo(Revision one, List<Bundle> others) {
        var bundle = one.bundle();
        return bundle != null && Framework.importsFrom(bundle, others);
    }

    private void relinked(Revision before, Revision next, Moves change) {
        folder.replace(one -> one.equals(before) ? next : one);
        if (next.isUsable()) {
            take(next, change);
            return;
        }
        running.remove(before.file().symbolicName());
        change.removed(before);
        hide(before, true);
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

    /** Bundles that are drained and wired to each other in a circle hold nobody. */
    private boolean isUsedByOthers(Revision candidate) {
        var gone = new ArrayList<Bundle>();
        var bundle = candidate.bundle();
        if (bundle != null) gone.add(bundle);
        for (int before = 0; before < gone.size();) {
            before = gone.size();
            for (var other : draining) {
                var its = other.bundle();
                if (its == null || gone.contains(its) || !Framework.importsFrom(its, gone)) continue;
                if (!other.isDrained()) return true;
                gone.add(its);
            }
        }
        return false;
    }

    /** Takes away what was installed of files that are gone or different and never ran: nobody is to be wired to it. */
    private void forget() {
        var known = revisions();
        for (var one : List.copyOf(installed)) {
            var bundle = one.bundle();
            if (known.contains(one) || bundle == null || known.stream().anyMatch(other -> isWiredTo(other, List.of(bundle)))) continue;
            one.giveUp();
            uninstall(one);
        }
    }

    private void uninstall(Revision one) {
        installed.remove(one);
        var bundle = one.bundle();
        if (bundle == null || framework == null) return;
        Framework.loader(bundle).ifPresent(loader -> remains.watch(one.toString(), loader));
        framework.uninstall(bundle);
        stale.show(bundle);
    }

    private Framework felix() {
        var known = framework;
        if (known != null) return known;
        var made = new Framework(cache, stale);
        framework = made;
        return made;
    }

    private void install(Framework felix, Revision one) {
        try {
            one.installedAs(felix.install(one.file()));
            installed.add(one);
        } catch (IOException | BundleException refused) {
            one.failed("its manifest is refused: " + Words.of(refused) + ". Correct the header it names, or leave OSGi headers out");
        }
    }

    /** Says once what is wrong with each bundle, and what its owner should know. */
    synchronized void warn(Set<String> said) {
        folder.unreadable().forEach(info -> warn(info.file(), info.error(), said));
        var twice = packages().twice();
        for (var one : revisions()) {
            var file = one.file().path().getFileName().toString();
            if (!one.isOff()) warn(file, one.problem(), said);
            warn(file, one.remark(), said);
            warn(file, twice.getOrDefault(one, ""), said);
        }
    }

    private static void warn(String file, String what, Set<String> said) {
        if (!what.isEmpty() && said.add(file + what)) LOG.warn("{}: {}{}", file, what, what.endsWith("?") ? "" : ".");
    }

    private Set<Revision> revisions() {
        var all = new LinkedHashSet<>(folder.revisions());
        all.addAll(running.values());
        all.addAll(draining);
        return all;
    }

    @Override public synchronized void close() {
        installed.forEach(Revision::giveUp);
        if (framework != null) framework.close();
    }
}
