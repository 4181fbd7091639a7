package io.katydid.host;

import io.katydid.api.web.ConsolePanel;
import io.katydid.api.web.PluginInfo;
import io.katydid.api.web.Plugins;
import io.katydid.api.web.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the bundle folders, starts what it finds, follows them while it runs, and loads scripts that see the bundles. A broken bundle gives one line in the log and in {@link #bundles} and harms
 * nothing else. Any thread may ask; start, watch and close belong to one.
 */
public final class Host implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);
    /** What an activator may take before the start goes on without its bundle. */
    private static final Duration AT_START = Duration.ofSeconds(5);
    /** What it may take before the watcher looks at other files again. */
    private static final Duration WHILE_RUNNING = Duration.ofMillis(500);
    private final Bundles bundles;
    private final HostPlugins plugins;
    private final List<String> refused;
    private final List<Path> places;
    private final SortedMap<Path, String> known;
    private final Set<String> said = ConcurrentHashMap.newKeySet();
    private final Scripts scripts;
    private @Nullable FolderWatcher watcher;

    private Host(HostOptions options) {
        plugins = new HostPlugins(options, this::bundles, this::panels);
        var selection = Selection.parse(options.plugins());
        bundles = new Bundles(selection, options.cache(), options.shipped());
        refused = new ArrayList<>();
        places = selection.none() ? List.of() : Stream.concat(options.folders().stream(), selection.paths().stream())
            .filter(place -> options.unsafe() || isSafe(place)).toList();
        known = list(places);
        bundles.read(known);
        selection.check(bundles.files());
        bundles.settle(AT_START);
        scripts = new Scripts(bundles.packages(), new ScriptCache(options.cache().resolve("scripts")), Path.of("").toAbsolutePath());
        refused.forEach(why -> LOG.error("{}.", why));
        bundles.warn(said);
    }

    private boolean isSafe(Path place) {
        var refusal = Files.isDirectory(place) ? FolderRights.refusal(place) : Optional.<String>empty();
        refusal.ifPresent(refused::add);
        return refusal.isEmpty();
    }

    /** Says which folders were left out because everybody may write to them, a line each. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    /**
     * Starts a host. A {@code --plugins} text that names nothing known is a {@link io.katydid.api.KatydidException}; whatever is wrong with a bundle is not.
     */
    public static Host start(HostOptions options) {
        return new Host(options);
    }

    private static SortedMap<Path, String> list(List<Path> places) {
        try {
            return places.isEmpty() ? new TreeMap<>() : FolderWatcher.list(places);
        } catch (IOException problem) {
            throw new UncheckedIOException("A bundle folder cannot be read: " + problem.getMessage(), problem);
        }
    }

    /**
     * Follows the folders from now on: within about a second of a jar coming, changing or going, {@code listener} is told, on a thread of the host. It must hand each revision that
     * {@linkplain HostChange#leaving leaves} to {@link #release} when its last user has gone.
     */
    public synchronized void watch(Consumer<HostChange> listener) {
        if (watcher != null) throw new IllegalStateException("The host follows its folders already.");
        if (places.isEmpty()) return;
        var made = new FolderWatcher(places, known, bundles::hasNews, files -> follow(files, listener));
        watcher = made;
        made.start();
    }

    private void follow(SortedMap<Path, String> files, Consumer<HostChange> listener) {
        bundles.read(files);
        var change = bundles.settle(WHILE_RUNNING);
        bundles.warn(said);
        if (change.isEmpty()) return;
        scripts.sees(bundles.packages());
        listener.accept(change);
    }

    /** Takes a revision away that was left and that no user runs on any more. */
    public void release(Revision revision) {
        bundles.release(revision);
    }

    /** Gives what the active bundles offer of a kind, by bundle name. */
    public <T> List<Found<T>> extensions(Class<T> kind) {
        return bundles.running().stream().flatMap(one -> one.extensions(kind).stream()).toList();
    }

    /** Gives every file of the folders, by name, with what became of it; revisions that are being left too. */
    public List<PluginInfo> bundles() {
        panels();
        return bundles.infos();
    }

    /** Gives what lists, checks, installs and removes bundles. */
    public Plugins plugins() { return plugins; }

    /**
     * Gives the panels that the active bundles contribute to the console, by key; those of an SDK that is not here too. What is wrong with the others is in the log and in {@link #bundles}.
     */
    public List<ConsolePanel> panels() {
        var running = bundles.running();
        var panels = running.stream().flatMap(one -> one.panels().all().stream()).sorted(Comparator.comparing(ConsolePanel::key)).toList();
        bundles.warn(said);
        running.forEach(one -> one.panels().warnOfTheRest(one.file().path().getFileName().toString(), said));
        return panels;
    }

    /** Gives a maker of the console's web server, when a bundle has one. */
    public Optional<Supplier<WebServer>> webServer() {
        return extensions(WebServer.class).stream().findFirst().map(found -> found::create);
    }

    /** Gives the loader of scripts. */
    public Scripts scripts() {
        return scripts;
    }

    /** Stops all bundles. Classes loaded from them stay usable. */
    @Override public void close() {
        var watching = watcher;
        if (watching != null) watching.close();
        bundles.close();
    }
}
