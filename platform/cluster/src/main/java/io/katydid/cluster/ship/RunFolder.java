package io.katydid.cluster.ship;

import io.katydid.api.KatydidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Puts what was delivered where it is used: scripts and plugins into a folder of the cache that has nothing else in it, data files under their names below the working folder, where the script looks for
 * them. A file there that was never shipped is not touched.
 */
public final class RunFolder {
    private static final LinkOption AS_IT_IS = LinkOption.NOFOLLOW_LINKS;
    private final Delivery delivery;
    private final Store store;

    /**
     * Is where things are now.
     *
     * @param locators the scripts, as values of {@code -f}
     * @param plugins the folder with the plugins, when there are any
     */
    public record Placed(List<String> locators, Optional<Path> plugins) {}

    /** Prepares one. */
    public RunFolder(Delivery delivery, Store store) {
        this.delivery = delivery;
        this.store = store;
    }

    /** Puts it all there; of the plugins those are left out that this worker has itself. */
    public Placed place(Path working, List<Path> ownPlugins) {
        var manifest = delivery.manifest();
        try {
            var folder = store.runFolder(manifest.runName());
            var scripts = folder.resolve("script");
            var plugins = folder.resolve("plugins");
            var own = new HashSet<String>();
            var given = manifest.of(Kind.PLUGIN);
            if (!given.isEmpty()) for (var jar : ownPlugins) own.add(Sha256.of(jar));
            var missing = given.stream().filter(item -> !own.contains(item.sha256())).toList();
            only(scripts, manifest.of(Kind.SCRIPT));
            only(plugins, missing);
            for (var item : manifest.of(Kind.DATA)) data(working, item);
            return new Placed(locators(scripts, manifest), missing.isEmpty() ? Optional.empty() : Optional.of(plugins));
        } catch (IOException problem) {
            throw new KatydidException("What the master gives cannot be put where it is used: " + problem
                + ". Look whether this user may write to the working folder " + working + " and to the cache, or set KATYDID_CACHE.",
                problem);
        }
    }

    private Path content(Item item) {
        return store.find(item).orElseThrow(() -> new KatydidException("The file '" + item.name()
            + "' was taken from the cache while the worker started. Start it again."));
    }

    /** Makes a folder that has these files and no other. */
    private void only(Path folder, List<Item> items) throws IOException {
        var wanted = items.stream().map(item -> folder.resolve(item.name())).collect(Collectors.toSet());
        if (Files.isDirectory(folder)) {
            try (var all = Files.walk(folder)) {
                for (var one : all.sorted(Comparator.reverseOrder()).toList())
                    if (!wanted.contains(one) && !Files.isDirectory(one, AS_IT_IS) && !one.toString().endsWith(".part"))
                        Files.deleteIfExists(one);
            }
        }
        Files.createDirectories(folder);
        for (var item : items) {
            var target = folder.resolve(item.name());
            if (Files.isRegularFile(target, AS_IT_IS) && Files.size(target) == item.size() && Sha256.of(target).equals(item.sha256()))
                continue;
            copy(content(item), target);
        }
    }

    private void data(Path working, Item item) throws IOException {
        var target = working.resolve(item.name());
        for (var folder = working; !folder.equals(target.getParent());) {
            folder = folder.resolve(folder.relativize(target).getName(0));
            if (Files.exists(folder, AS_IT_IS) && !Files.isDirectory(folder, AS_IT_IS))
                throw refused(item, folder + " is a link or a file there");
        }
        if (Files.exists(target, AS_IT_IS)) {
            if (!Files.isRegularFile(target, AS_IT_IS)) throw refused(item, target + " is a link or a folder there");
            var there = Sha256.of(target);
            if (there.equals(item.sha256())) return;
            if (!store.knows(there)) throw refused(item, target + " is another file there, which did not come from a master");
        }
        copy(content(item), target);
    }

    private static KatydidException refused(Item item, String why) {
        return new KatydidException("The master's data file '" + item.name() + "' is not written: " + why
            + ". Move that away, or start the worker in an empty folder.");
    }

    /** Makes the file appear whole, for other workers start in the same folder. */
    private static void copy(Path from, Path to) throws IOException {
        var folder = to.getParent();
        if (folder == null) throw new IOException(to + " has no folder");
        Files.createDirectories(folder);
        var part = Files.createTempFile(folder, "shipped-", ".part");
        try {
            Files.copy(from, part, StandardCopyOption.REPLACE_EXISTING);
            Files.move(part, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Gives a file, or the folder of several that the master's {@code -f} named together. */
    private List<String> locators(Path scripts, Manifest manifest) {
        var units = new TreeMap<Integer, List<Item>>();
        for (var item : manifest.of(Kind.SCRIPT))
            units.computeIfAbsent(Integer.valueOf(item.name().substring(0, item.name().indexOf('/'))), _ -> new ArrayList<>()).add(item);
        var locators = new ArrayList<String>();
        for (Map.Entry<Integer, List<Item>> unit : units.entrySet()) {
            var files = unit.getValue();
            locators.add(scripts.resolve(files.size() == 1 ? files.getFirst().name() : unit.getKey().toString()).toString());
        }
        locators.addAll(delivery.addresses());
        return locators;
    }
}
