package io.katydid.launcher;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Is where a command line was typed.
 *
 * @param in the standard input
 * @param out takes what was asked for
 * @param err takes what is said beside it
 * @param environment the environment variables
 * @param folder the working folder
 * @param userHome the user's home folder
 * @param install the folder of the distribution; empty when started from a class path
 */
record Place(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment, Path folder, Path userHome,
    Optional<Path> install) {

    /** Gives the place of this process. */
    static Place ofProcess() {
        var home = Optional.ofNullable(System.getProperty("katydid.home")).map(Path::of);
        var user = Optional.ofNullable(System.getenv("HOME")).filter(text -> !text.isBlank()).orElse(System.getProperty("user.home"));
        return new Place(System.in, System.out, System.err, System.getenv(), Path.of("").toAbsolutePath(), Path.of(user), home);
    }

    /** Gives the folder for compiled scripts, unpacked bundles and AOT caches. */
    Path cache() {
        var own = environment.getOrDefault("KATYDID_CACHE", "");
        if (!own.isBlank()) return folder.resolve(own);
        var shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        return (shared.isBlank() ? userHome.resolve(".cache") : Path.of(shared)).resolve("katydid");
    }
}
