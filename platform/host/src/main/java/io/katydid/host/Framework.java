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
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
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
    private static final long START_SECONDS = 10;

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

    /** Starts a bundle; gives what is wrong, in words. An activator that does not return in ten seconds is left behind. */
    static Optional<String> start(Bundle bundle) {
        var start = new FutureTask<Optional<String>>(() -> startHere(bundle));
        Thread.ofPlatform().daemon().name("katydid-start-" + bundle.getSymbolicName()).start(start);
        try {
            return start.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException hanging) {
            return Optional.of("its activator did not return within " + START_SECONDS + " s");
        } catch (ExecutionException problem) {
            return Optional.of(Words.of(problem.getCause() == null ? problem : problem.getCause()));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of("the start was interrupted");
        }
    }

    private static Optional<String> startHere(Bundle bundle) {
        try {
            bundle.start();
            return Optional.empty();
        } catch (BundleException problem) {
            if (problem.getType() == BundleException.RESOLVE_ERROR)
                return Optional.of(Words.unresolved(String.valueOf(problem.getMessage())));
            Throwable cause = problem.getCause() == null ? problem : problem.getCause();
            return Optional.of("its activator failed with " + Words.of(cause));
        }
    }

    /** Stops a bundle; its classes stay usable. An activator that does not return in ten seconds is left behind. */
    static void stop(Bundle bundle) {
        var stop = Thread.ofPlatform().daemon().name("katydid-stop-" + bundle.getSymbolicName()).start(() -> {
            try {
                bundle.stop(Bundle.STOP_TRANSIENT);
            } catch (BundleException | IllegalStateException problem) {
                LOG.warn("{} could not be stopped: {}. Its classes are left to the collector.", bundle.getSymbolicName(),
                    Words.of(problem));
            }
        });
        try {
            if (!stop.join(Duration.ofSeconds(START_SECONDS)))
                LOG.warn("The activator of {} did not return from stop within {} s and is left behind.", bundle.getSymbolicName(),
                    START_SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes a stopped bundle away, with its wiring and class loader. */
    void uninstall(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException problem) {
            LOG.warn("{} could not be uninstalled: {}.", bundle.getSymbolicName(), Words.of(problem));
        }
        var refreshed = new CountDownLatch(1);
        felix.adapt(FrameworkWiring.class).refreshBundles(List.of(bundle), _ -> refreshed.countDown());
        try {
            if (!refreshed.await(START_SECONDS, TimeUnit.SECONDS)) LOG.warn("{} is still being taken away.", bundle.getSymbolicName());
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

    static boolean isHanging(Bundle bundle) { return bundle.getState() == Bundle.STARTING; }

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
        try {
            felix.stop();
            felix.waitForStop(TimeUnit.SECONDS.toMillis(START_SECONDS));
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
