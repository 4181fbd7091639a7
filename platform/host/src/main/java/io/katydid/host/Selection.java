package io.katydid.host;

import io.katydid.api.KatydidException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Is the text of {@code --plugins}, read: which bundles start. Names choose among the bundles of the folders, whose others stay libraries; jars and folders come on top.
 *
 * @param none nothing is loaded
 * @param names the only ones to start; empty for all
 * @param without the ones left out
 * @param paths jars and folders beside the usual ones
 */
record Selection(boolean none, Set<String> names, Set<String> without, List<Path> paths) {

    static Selection parse(String text) {
        var names = new LinkedHashSet<String>();
        var without = new LinkedHashSet<String>();
        var paths = new ArrayList<Path>();
        var none = false;
        for (var raw : text.split(",")) {
            var word = raw.strip();
            if (word.isEmpty()) continue;
            if (word.equals("none")) none = true;
            else if (word.startsWith("-")) without.add(word.substring(1));
            else if (isPath(word)) paths.add(existing(word));
            else names.add(word);
        }
        return new Selection(none, names, without, List.copyOf(paths));
    }

    boolean leavesOut(BundleFile file) { return without.stream().anyMatch(file::isCalled); }

    boolean starts(BundleFile file) {
        return names.isEmpty() || names.stream().anyMatch(file::isCalled) || paths.stream().anyMatch(file::isFrom);
    }

    /** Refuses a name that no bundle has. */
    void check(Collection<BundleFile> files) {
        var known = new TreeSet<String>();
        files.forEach(file -> known.add(file.name()));
        for (var name : names) refuseUnknown(name, name, files, known);
        for (var name : without) refuseUnknown(name, "-" + name, files, known);
    }

    private static void refuseUnknown(String name, String typed, Collection<BundleFile> files, Set<String> known) {
        if (files.stream().anyMatch(file -> file.isCalled(name))) return;
        throw new KatydidException("--plugins: there is no bundle called '" + typed + "'. "
            + (known.isEmpty() ? "No bundle was found at all: put jars into plugins/."
                : "There are: " + String.join(", ", known) + ". A path of a jar or folder must end with .jar or hold a '/'."));
    }

    private static boolean isPath(String word) {
        return word.endsWith(".jar") || word.indexOf('/') >= 0 || word.indexOf('\\') >= 0 || Files.isDirectory(Path.of(word));
    }

    private static Path existing(String word) {
        var path = Path.of(word).toAbsolutePath().normalize();
        if (!Files.exists(path))
            throw new KatydidException("--plugins: '" + word + "' does not exist (looked for " + path
                + "). Give the path of a jar, of a folder with jars, or a bundle's name.");
        return path;
    }
}
