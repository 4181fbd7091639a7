package io.katydid.host;

import java.nio.file.Path;
import java.util.List;

/**
 * Says what a host starts with.
 *
 * @param folders the folders whose jars are bundles; one that does not exist is skipped. None: no framework is started
 * @param plugins the text of {@code --plugins}: names, jar paths, folders, {@code -name}, {@code none}; "" for all
 * @param cache the folder for compiled scripts and unpacked bundles; made when needed
 */
public record HostOptions(List<Path> folders, String plugins, Path cache) {

    /** Keeps a copy of the list. */
    public HostOptions {
        folders = List.copyOf(folders);
    }

    /** Gives the options of a host that runs scripts only. */
    public static HostOptions scriptsOnly(Path cache) {
        return new HostOptions(List.of(), "", cache);
    }
}
