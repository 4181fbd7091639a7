package io.katydid.host;

import io.katydid.api.KatydidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.framework.wiring.FrameworkWiring;

/** Is the embedded Felix: the one class that speaks to it. */
final class Framework implements AutoCloseable {
    private static final String PACKAGES = "osgi.wiring.package";
    private static final long START_SECONDS = 10;

    private final org.osgi.framework.launch.Framework felix;
    private final Path storage;

    Framework(Path cache) {
        try {
            Files.createDirectories(cache);
            // Its own folder for each process: two of them at once must not clean each other's.
            storage = Files.createTempDirectory(cache, "felix-");
            felix = new FrameworkFactory().newFramework(configuration(storage));
            felix.start();
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
            "osgi.extender;osgi.extender=\"osgi.serviceloader.registrar\";version:Version=\"1.0\"");
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
            return felix.getBundleContext().installBundle("plugin:" + file.path(), bytes);
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

    static boolean isActive(Bundle bundle) { return bundle.getState() == Bundle.ACTIVE; }

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
