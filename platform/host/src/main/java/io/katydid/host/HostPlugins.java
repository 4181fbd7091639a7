package io.katydid.host;

import io.katydid.api.KatydidException;
import io.katydid.api.web.ConsolePanel;
import io.katydid.api.web.PluginInfo;
import io.katydid.api.web.Plugins;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Works on the folders of a host: whoever follows them, this process or another one, sees what changed. */
final class HostPlugins implements Plugins {
    private final HostOptions options;
    private final Supplier<List<PluginInfo>> list;
    private final Supplier<List<ConsolePanel>> panels;

    HostPlugins(HostOptions options, Supplier<List<PluginInfo>> list, Supplier<List<ConsolePanel>> panels) {
        this.options = options;
        this.list = list;
        this.panels = panels;
    }

    @Override public List<PluginInfo> list() { return list.get(); }

    @Override public List<ConsolePanel> panels() { return panels.get(); }

    @Override public PluginInfo check(Path jar) {
        var file = existing(jar);
        try (var trial = new Bundles(Selection.parse(""), options.cache(), options.shipped())) {
            var found = trial.check(look(file), file);
            return found.error().isEmpty() ? beside(found, file) : found;
        }
    }

    /** Lists the folders as they would be with the jar: without the other files of the same bundle. */
    private TreeMap<Path, String> look(Path file) {
        try {
            var look = new TreeMap<>(FolderWatcher.list(options.folders().stream().filter(Files::isDirectory).toList()));
            var name = symbolicName(file);
            look.keySet().removeIf(other -> !other.equals(file) && !name.isEmpty() && symbolicName(other).equals(name));
            look.put(file, Stamp.of(file));
            return look;
        } catch (IOException problem) {
            throw new KatydidException("The plugin folders cannot be read: " + problem.getMessage() + ". Check their permissions.",
                problem);
        }
    }

    private static String symbolicName(Path jar) {
        try {
            JarCheck.sound(jar);
            return BundleFile.read(jar).symbolicName();
        } catch (IOException | RuntimeException unreadable) {
            return "";
        }
    }

    /** Says what the jar would mean for files of the same bundle that are there. */
    private PluginInfo beside(PluginInfo found, Path file) {
        var same = list().stream().filter(other -> other.name().equals(found.name()) && !other.path().equals(file)).toList();
        for (var other : same) {
            if (other.state().startsWith("draining") || other.state().equals("off")) continue;
            int order = BundleFolder.version(found.version()).compareTo(BundleFolder.version(other.version()));
            var there = other.name() + " " + other.version() + " (" + other.file() + ")";
            if (order > 0) return found.remarked("it takes the place of " + there);
            if (!isDropIn(other.path())) {
                return found.remarked("it stays off, since " + there + " is " + (order == 0 ? "of the same version" : "newer")
                    + ". Give this one a higher version");
            }
            return found.remarked("it takes the place of " + there + (order == 0 ? ", which has the same version" : ", which is newer"));
        }
        return found;
    }

    @Override public PluginInfo install(Path jar) {
        var file = existing(jar);
        var folder = dropIn();
        var found = check(file);
        if (!found.error().isEmpty())
            throw new KatydidException(file.getFileName() + " is not installed: " + found.error() + ".");
        var place = folder.resolve(file.getFileName());
        var there = list().stream().filter(other -> other.path().equals(place) && !other.name().equals(found.name())).findFirst();
        if (there.isPresent() && !place.equals(file))
            throw new KatydidException(place + " is there already and is another bundle, " + there.get().name()
                + ". Rename the new file, or remove that one: katydid plugins remove " + there.get().name() + ".");
        try {
            Files.createDirectories(folder);
            if (!place.equals(file)) copy(file, place);
            for (var other : others(found.name(), place)) Files.deleteIfExists(other.path());
        } catch (IOException problem) {
            throw new KatydidException(file.getFileName() + " cannot be copied to " + folder + ": " + Words.of(problem)
                + ". May you write there?", problem);
        }
        return new PluginInfo(found.name(), found.version(), found.state(), found.provides(), place, "", found.remark());
    }

    /** Makes the file appear whole: a watcher sees no half of it. */
    private static void copy(Path file, Path place) throws IOException {
        var part = place.resolveSibling(place.getFileName() + ".part");
        Files.copy(file, part, StandardCopyOption.REPLACE_EXISTING);
        Files.move(part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private List<PluginInfo> others(String name, Path place) {
        return list().stream().filter(other -> other.name().equals(name) && isDropIn(other.path()) && !other.path().equals(place)).toList();
    }

    @Override public PluginInfo remove(String name, boolean now) {
        var all = list().stream().filter(one -> Files.exists(one.path())).toList();
        var named = all.stream()
            .filter(one -> one.name().equals(name) || one.file().equals(name) || ("io.katydid." + one.name()).equals(name))
            .toList();
        if (named.isEmpty()) {
            throw new KatydidException("There is no bundle called '" + name + "'. There are: "
                + all.stream().map(PluginInfo::name).distinct().collect(Collectors.joining(", ")) + ".");
        }
        var own = named.stream().filter(one -> isDropIn(one.path())).toList();
        if (own.isEmpty())
            throw new KatydidException("The bundle " + name + " is shipped with Katydid (" + named.getFirst().path()
                + ") and stays. Leave it out of a run with --plugins=-" + name + ".");
        try {
            for (var one : own) {
                if (now) RemoveNow.delete(one.path());
                else Files.deleteIfExists(one.path());
            }
        } catch (IOException problem) {
            throw new KatydidException("The bundle " + name + " cannot be removed: " + Words.of(problem) + ". May you write to " + dropIn()
                + "?", problem);
        }
        return own.getFirst();
    }

    private boolean isDropIn(Path file) { return options.dropIn().filter(folder -> folder.equals(file.getParent())).isPresent(); }

    private Path dropIn() {
        return options.dropIn()
            .orElseThrow(() -> new KatydidException("There is no plugins folder: Katydid was not started from its distribution."
                + " Start it with bin/katydid."));
    }

    private static Path existing(Path jar) {
        var file = jar.toAbsolutePath().normalize();
        if (!Files.isRegularFile(file))
            throw new KatydidException("There is no file '" + jar + "' (looked for " + file + "). Give the path of a jar.");
        if (!Objects.toString(file.getFileName()).endsWith(".jar"))
            throw new KatydidException("The file '" + jar + "' does not end with .jar, and only those are bundles. Rename it.");
        return file;
    }
}
