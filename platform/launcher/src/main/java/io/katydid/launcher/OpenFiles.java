package io.katydid.launcher;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.OptionalLong;

/** Knows how many files and connections the process may have open. The JVM has raised the limit as far as the system allows already. */
final class OpenFiles {
    static final long ENOUGH = 10_000;
    /** Are open before the first connection is: jars, loops, the log. */
    private static final long OWN = 100;

    private OpenFiles() {}

    /** Gives the limit; empty where there is none to be known. */
    static OptionalLong limit() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
            ? OptionalLong.of(system.getMaxFileDescriptorCount()) : OptionalLong.empty();
    }

    /** Says before a run what would otherwise show as failures in it. */
    static Optional<String> warning(long limit, int users) {
        boolean few = limit < users + OWN;
        if (!few && limit >= ENOUGH) return Optional.empty();
        var enough = Math.max(ENOUGH, users + ENOUGH / 10);
        return Optional.of("System open file limit '" + limit + "' is below " + (few ? "what " + users + " users need"
            : "minimum setting '" + ENOUGH + "'") + ", and the system did not allow to raise it: beyond about " + Math.max(0, limit - OWN)
            + " connections requests will fail. Raise it before the start, such as with: ulimit -n " + enough);
    }
}
