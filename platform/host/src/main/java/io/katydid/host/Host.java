package io.katydid.host;

import io.katydid.api.KatydidException;
import io.katydid.api.web.WebServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleException;
import org.osgi.framework.Version;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the bundle folders, starts what it finds, and loads scripts that see it. A broken bundle gives one line in the log and in {@link #bundles} and harms nothing else. Any thread may ask;
 * start and close belong to one.
 */
public final class Host implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);

    private final List<Installed> installed = new ArrayList<>();
    private final List<BundleInfo> unreadable = new ArrayList<>();
    private final @Nullable Framework framework;
    private final Scripts scripts;

    private Host(HostOptions options) {
        var selection = Selection.parse(options.plugins());
        if (!selection.none()) read(Stream.concat(options.folders().stream(), selection.paths().stream()).toList());
        selection.check(installed.stream().map(Installed::file).toList());
        framework = installed.isEmpty() ? null : new Framework(options.cache());
        if (framework != null) start(framework, selection);
        scripts = new Scripts(BundlePackages.of(installed), new ScriptCache(options.cache().resolve("scripts")),
            Path.of("").toAbsolutePath());
        bundles().stream().filter(bundle -> !bundle.error().isEmpty() && !bundle.state().equals("off"))
            .forEach(bundle -> LOG.warn("{}: {}.", bundle.file(), bundle.error()));
    }

    /** Starts a host. A {@code --plugins} text that names nothing known is a {@link KatydidException}; whatever is wrong with a bundle is not. */
    public static Host start(HostOptions options) {
        return new Host(options);
    }

    /** Gives what the active bundles offer of a kind, by bundle name. */
    public <T> List<Found<T>> extensions(Class<T> kind) {
        return installed.stream().sorted(Comparator.comparing(one -> one.file().name()))
            .flatMap(one -> one.offered().stream().filter(kind::isAssignableFrom)
                .map(type -> new Found<T>(type.asSubclass(kind), one.file().name())))
            .toList();
    }

    /** Gives every file of the folders, by name, with what became of it. */
    public List<BundleInfo> bundles() {
        return Stream.concat(installed.stream().map(Installed::info), unreadable.stream()).sorted(Comparator.comparing(BundleInfo::name))
            .toList();
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
        if (framework != null) framework.close();
    }

    private void read(List<Path> places) {
        try {
            for (var jar : BundleFile.jars(places)) {
                try {
                    installed.add(new Installed(BundleFile.read(jar)));
                } catch (IOException | IllegalArgumentException broken) {
                    var file = jar.getFileName().toString();
                    unreadable
                        .add(new BundleInfo(file.replaceFirst("\\.jar$", ""), "", "failed", file, String.valueOf(broken.getMessage())));
                }
            }
        } catch (IOException problem) {
            throw new UncheckedIOException("A bundle folder cannot be read: " + problem.getMessage(), problem);
        }
    }

    private void start(Framework felix, Selection selection) {
        var candidates = new ArrayList<Installed>();
        for (var one : installed) {
            if (selection.leavesOut(one.file())) one.off("left out by --plugins");
            else candidates.add(one);
        }
        var chosen = newest(candidates);
        chosen.forEach(one -> install(felix, one));
        felix.resolve(chosen.stream().map(Installed::bundle).filter(Objects::nonNull).toList());
        chosen.stream().filter(one -> selection.starts(one.file())).forEach(Installed::start);
    }

    /** Keeps of each name the newest version; the others are off and say so. */
    private static List<Installed> newest(List<Installed> candidates) {
        Map<String, Installed> best = new HashMap<>();
        for (var one : candidates) {
            var other = best.get(one.file().symbolicName());
            var wins = other == null || version(one).compareTo(version(other)) > 0;
            if (wins) best.put(one.file().symbolicName(), one);
            if (other != null) refuse(wins ? other : one, wins ? one : other);
        }
        return candidates.stream().filter(best::containsValue).toList();
    }

    private static void refuse(Installed loser, Installed winner) {
        var file = winner.file();
        if (version(loser).equals(version(winner))) {
            loser.failed("it is the same bundle as " + file.path().getFileName() + " (" + file.symbolicName() + " " + file.version()
                + "). Remove one of the two");
        } else {
            loser.off("replaced by the newer " + file.path().getFileName() + " (" + file.version() + ")");
        }
    }

    private static Version version(Installed one) {
        try {
            return Version.parseVersion(one.file().version());
        } catch (IllegalArgumentException odd) {
            return Version.emptyVersion;
        }
    }

    private static void install(Framework felix, Installed one) {
        try {
            one.installedAs(felix.install(one.file()));
        } catch (IOException | BundleException refused) {
            one.failed("its manifest is refused: " + Words.of(refused));
        }
    }
}
