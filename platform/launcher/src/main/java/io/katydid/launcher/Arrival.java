package io.katydid.launcher;

import io.katydid.api.cli.Option;
import io.katydid.cluster.ClusterOptions;
import io.katydid.cluster.Token;
import io.katydid.cluster.ship.Delivery;
import io.katydid.cluster.ship.Download;
import io.katydid.cluster.ship.RunFolder;
import io.katydid.cluster.ship.Store;
import io.katydid.cluster.wire.Security;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets a worker's script from its master, with all that belongs to it: when the worker has a cluster token and no {@code -f}, or {@code -f -}. Comes before bundles and script are loaded. */
final class Arrival {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private static final String FROM_MASTER = "-";
    private final Place place;
    private final List<String> words;
    private final Sources sources;

    /**
     * Is what came.
     *
     * @param locators the scripts, as values of {@code -f}
     * @param plugins the folder with plugins, when there are any
     * @param text says it for the log
     */
    record Arrived(List<String> locators, Optional<Path> plugins, String text) {}

    private Arrival(Place place, List<String> words, Sources sources) {
        this.place = place;
        this.words = words;
        this.sources = sources;
    }

    /** Gets it; empty for whoever has a script of its own, or is no worker. */
    static Optional<Arrived> of(Place place, List<String> words, Sources sources, List<String> locators) {
        return new Arrival(place, words, sources).get(locators);
    }

    private Optional<Arrived> get(List<String> locators) {
        if (!early(ClusterOptions.WORKER) || early(ClusterOptions.MASTER)) return Optional.empty();
        boolean asks = locators.contains(FROM_MASTER);
        // What a master starts has its script: both were started in the same folder.
        if (!asks && (!locators.isEmpty() || Role.isChildOfMaster())) return Optional.empty();
        if (asks && locators.size() > 1)
            throw Refusal.usage("-f -: a worker runs the master's script, or others, but not both. Leave out - or the others: "
                + String.join(", ", locators) + ".");
        var security = Token.of(find(ClusterOptions.CLUSTER_TOKEN_FILE), place.environment());
        var master = early(ClusterOptions.MASTER_HOST) + ":" + early(ClusterOptions.MASTER_PORT);
        if (security instanceof Security.Open) {
            if (!asks) return ownOrNone(master);
            // A child knows whose its master is: that process started it.
            if (!Role.isChildOfMaster()) warn(master);
        }
        return Optional.of(arrived(security, master));
    }

    private static void warn(String master) {
        LOG.warn("-f -: this worker runs whatever code the master at {} sends, and nothing proves whose master that is. Use it in a network"
            + " that only the test is in, or give both a secret with {} or {}.", master, Token.VARIABLE,
            ClusterOptions.CLUSTER_TOKEN_FILE.name());
    }

    /** Says what to do when there is no script at all. */
    private Optional<Arrived> ownOrNone(String master) {
        if (Files.exists(place.folder().resolve(Launch.DEFAULT_SCRIPT))) return Optional.empty();
        throw new Refusal(ExitCode.NOT_STARTED,
            "This worker has no script: there is no '" + Launch.DEFAULT_SCRIPT + "' in " + place.folder()
                + ", no -f was given, and without a cluster token it takes none from the master at " + master
                + ". Give it the token of its master with "
                + Token.VARIABLE + " or " + ClusterOptions.CLUSTER_TOKEN_FILE.name()
                + ", a script with -f FILE, or -f - to run what that master sends without proof of whose it is.");
    }

    private Arrived arrived(Security security, String master) {
        var store = new Store(place.cache().resolve("shipped"));
        Delivery delivery = Download.from(early(ClusterOptions.MASTER_HOST), early(ClusterOptions.MASTER_PORT), security, store);
        var placed = new RunFolder(delivery, store).place(place.folder(), ownPlugins());
        if (placed.locators().isEmpty())
            throw new Refusal(ExitCode.NOT_STARTED,
                "The master at " + master + " has no script to give. Start it with one, or give this worker one with -f.");
        return new Arrived(placed.locators(), placed.plugins(), delivery.text(master));
    }

    private List<Path> ownPlugins() {
        return place.install().stream().flatMap(home -> Stream.of("bundles", "plugins").map(home::resolve)).filter(Files::isDirectory)
            .flatMap(Arrival::jars).toList();
    }

    private static Stream<Path> jars(Path folder) {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList().stream();
        } catch (IOException unreadable) {
            LOG.debug("{} cannot be read", folder, unreadable);
            return Stream.of();
        }
    }

    private Optional<String> find(Option<?> option) {
        return LenientScan.last(words, option).or(() -> sources.find(option).map(Sources.Found::text)).filter(text -> !text.isBlank());
    }

    /** Gives the value of an option before all are known. */
    private <T> T early(Option<T> option) {
        if (option.kind() == Option.Kind.FLAG && words.contains(option.name())) return option.parse("true");
        try {
            return find(option).map(option::parse).or(option::defaultValue).orElseThrow();
        } catch (IllegalArgumentException wrong) {
            throw Refusal.usage(String.valueOf(wrong.getMessage()));
        }
    }
}
