package io.katydid.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Says what a host starts with.
 *
 * @param folders the folders whose jars are bundles; one that does not exist is skipped. None: no framework is started
 * @param plugins the text of {@code --plugins}: names, jar paths, folders, {@code -name}, {@code none}; "" for all
 * @param cache the folder for compiled scripts and unpacked bundles; made when needed
 * @param shipped the folder of Katydid's own bundles, whose classes are not looked at one by one
 * @param unsafe whether folders that everybody may write to are read: {@code --plugins-unsafe}
 */
public record HostOptions(List<Path> folders, String plugins, Path cache, Optional<Path> shipped, boolean unsafe) {

    /** Keeps a copy of the list. */
    public HostOptions {
        folders = List.copyOf(folders);
    }

    /** Gives the folder that new bundles are put into: the last one that is not the shipped ones'. */
    Optional<Path> dropIn() {
        return folders.stream().filter(folder -> shipped.filter(folder::equals).isEmpty()).reduce((_, last) -> last)
            .map(folder -> folder.toAbsolutePath().normalize());
    }

    /** Makes options with nothing shipped and safe folders only. */
    public HostOptions(List<Path> folders, String plugins, Path cache) {
        this(folders, plugins, cache, Optional.empty(), false);
    }

    /** Gives the options of a host that runs scripts only. */
    public static HostOptions scriptsOnly(Path cache) {
        return new HostOptions(List.of(), "", cache);
    }
}
