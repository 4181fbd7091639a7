package io.katydid.host;

import io.katydid.api.KatydidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.hooks.resolver.ResolverHookFactory;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is the embedded Felix: the one class that speaks to it. */
final class Framework implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);
    private static final String PACKAGES = "osgi.wiring.package";
    private static final long PATIENCE_SECONDS = 10;
    private static final long STOP_SECONDS = 1;

    private final org.osgi.framework.launch.Framework felix;
    private final Path storage;
    private final AtomicLong revisions = new AtomicLong();

    Framework(Path cache, ResolverHookFactory hook) {
        try {
            Files.createDirectories(cache);
            // Its own folder for each process: two of them at once must not clean each other's.
            storage = Files.createTempDirectory(cache, "felix-");
            felix = new FrameworkFactory().newFramework(configuration(storage));
            felix.start();
            felix.getBundleContext().registerService(ResolverHookFactory.class, hook, null);
        } catch (IOException | BundleException impossible) {
            throw new KatydidException(
                "Bundles cannot be started: " + Words.of(impossible) + ". Is the cache folder " + cache + " writable?", impossible);
        }
    }

    private static Map<String, String> configuration(Path storage) {
        var settings = new HashMap<String, String>();
        settings.put("org.osgi.framework.storage", storage.toString());
        settings.put("org.osgi.framework.storage.clean", "onFirstInit");
        settings.put("org.osgi.framework.system.packages.extra", SystemPackages.text());
        settings.put("org.osgi.framework.system.capabilities.extra",
            "osgi.extender;osgi.extender=\"osgi.serviceloader.registrar\";version:Version=\"1.0\",katydid.console;version:Version=\""
                + PanelWords.SDK + ".0\"");
        settings.put("org.osgi.framework.bsnversion", "multiple");
        settings.put("org.osgi.framework.bundle.parent", "ext");
        settings.put("felix.bootdelegation.implicit", "false");
        settings.put("felix.service.urlhandlers", "false");
        settings.put("felix.cache.locking", "false");
        settings.put("felix.log.level", "0");
        return settings;
    }

    Bundle install(BundleFile file) throws IOException, BundleException {
        try (var bytes = file.open()) {
            return felix.getBundleContext().installBundle("plugin:" + file.path() + "#" + revisions.incrementAndGet(), bytes);
        }
    }

    /** Wires what can be wired, so that packages are known before anything runs. */
    void resolve(List<Bundle> bundles) {
        felix.adapt(FrameworkWiring.class).resolveBundles(bundles);
    }

    /** Says why a bundle is not wired; empty when it is. A start that fails at the wiring runs nothing of it. */
    Optional<String> whyNot(Bundle bundle) {
        if (isWired(bundle)) return Optional.empty();
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return Optional.empty();
        } catch (BundleException problem) {
            return Optional.of(Words.unresolved(String.valueOf(problem.getMessage())));
        }
    }

    /** Stops a bundle; its classes stay usable. An activator that does not return within a second is left behind. */
    static void stop(Bundle bundle) {
        boolean stopped = within(STOP_SECONDS, "katydid-stop-" + bundle.getSymbolicName(), () -> bundle.stop(Bundle.STOP_TRANSIENT),
            problem -> LOG.warn("{} could not be stopped: {}. Its classes are left to the collector.", bundle.getSymbolicName(),
                Words.of(problem)));
        if (!stopped)
            LOG.warn("The activator of {} did not return from stop within {} s and is left behind.", bundle.getSymbolicName(),
                STOP_SECONDS);
    }

    /** Does something that foreign code can hold up, on a thread of its own; false when it has not ended in time. */
    private static boolean within(long seconds, String thread, Work work, Consumer<Exception> failed) {
        var at = Thread.ofPlatform().daemon().name(thread).start(() -> {
            try {
                work.run();
            } catch (BundleException | IllegalStateException problem) {
                failed.accept(problem);
            }
        });
        try {
            return at.join(Duration.ofSeconds(seconds));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private interface Work {
        void run() throws BundleException;
    }

    /** Takes a stopped bundle away, with its wiring and class loader. */
    void uninstall(Bundle bundle) {
        boolean gone = within(PATIENCE_SECONDS, "katydid-uninstall-" + bundle.getSymbolicName(), bundle::uninstall,
            problem -> LOG.warn("{} could not be uninstalled: {}.", bundle.getSymbolicName(), Words.of(problem)));
        if (!gone) {
            LOG.warn("{} cannot be uninstalled while its activator does not return; it is left behind.", bundle.getSymbolicName());
            return;
        }
        var refreshed = new CountDownLatch(1);
        felix.adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), _ -> refreshed.countDown());
        try {
            if (!refreshed.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) LOG.warn("{} is still being taken away.", bundle.getSymbolicName());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static boolean isWired(Bundle bundle) { return bundle.adapt(BundleWiring.class) != null; }

    static Optional<ClassLoader> loader(Bundle bundle) {
        return Optional.ofNullable(bundle.adapt(BundleWiring.class)).map(BundleWiring::getClassLoader);
    }

    /** Tells whether a bundle is wired to a package of one of the others. */
    static boolean importsFrom(Bundle bundle, List<Bundle> others) {
        var wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null) return false;
        return wiring.getRequiredWires(null).stream().map(wire -> wire.getProvider().getBundle())
            .anyMatch(provider -> !provider.equals(bundle) && others.contains(provider));
    }

    /** Gives the packages a wired bundle exports. */
    static List<String> exported(Bundle bundle) {
        var wiring = bundle.adapt(BundleWiring.class);
        if (wiring == null) return List.of();
        var names = new ArrayList<String>();
        wiring.getCapabilities(PACKAGES).forEach(capability -> names.add(String.valueOf(capability.getAttributes().get(PACKAGES))));
        return names;
    }

    /** Gives the paths of the classes a bundle has in a package. */
    static List<String> classes(Bundle bundle, String packageName) {
        var wiring = bundle.adapt(BundleWiring.class);
        return wiring == null ? List.of()
            : List.copyOf(wiring.listResources("/" + packageName.replace('.', '/'), "*.class", BundleWiring.LISTRESOURCES_LOCAL));
    }

    @Override public void close() {
        // A bundle that hangs in its activator cannot be stopped: the process ends it.
        boolean hangs = Stream.of(felix.getBundleContext().getBundles()).anyMatch(one -> one.getState() == Bundle.STARTING);
        try {
            felix.stop();
            felix.waitForStop(TimeUnit.SECONDS.toMillis(hangs ? STOP_SECONDS : PATIENCE_SECONDS));
        } catch (BundleException | InterruptedException late) {
            if (late instanceof InterruptedException) Thread.currentThread().interrupt();
        }
        delete();
    }

    private void delete() {
        try (var files = Files.walk(storage)) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException | java.io.UncheckedIOException gone) {
            storage.toFile().deleteOnExit();
        }
    }
}
