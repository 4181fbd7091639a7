package io.katydid.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.StringTokenizer;

/**
 * Tells how long the host of a virtual machine gave a core to its other guests while there was work for it, since it was last asked: the {@code steal} of
 * {@code /proc/stat}, of the core that it took most from. Linux only; elsewhere it is not known.
 */
final class StolenTime {
    private static final Path STAT = Path.of("/proc/stat");
    /** Is what {@code /proc} counts times in, whatever the kernel's own tick is: USER_HZ of Linux. */
    private static final double MILLIS_PER_TICK = 10;
    /** Is where a core's line has it: name, user, nice, system, idle, iowait, irq, softirq, steal. */
    private static final int STEAL = 8;
    private static final long UNKNOWN = -1L;
    private final Path stat;
    private Map<String, Long> seen;

    StolenTime() {
        this(STAT);
    }

    StolenTime(Path stat) {
        this.stat = stat;
        seen = ticksOfCores();
    }

    /** Gives milliseconds; NaN when unknown. */
    synchronized double millis() {
        var before = seen;
        seen = ticksOfCores();
        // A core that came or went tells nothing, and a guest that was moved to another host may count anew.
        long most = -1;
        for (var core : seen.entrySet()) {
            long old = before.getOrDefault(core.getKey(), UNKNOWN);
            if (old != UNKNOWN) most = Math.max(most, Math.max(0, core.getValue() - old));
        }
        return most < 0 ? Double.NaN : most * MILLIS_PER_TICK;
    }

    private Map<String, Long> ticksOfCores() {
        try {
            return ticksOfCores(Files.readString(stat, StandardCharsets.ISO_8859_1));
        } catch (IOException | NumberFormatException unknown) {
            return Map.of();
        }
    }

    /** Reads the lines of the cores, which come first. Once a second is too seldom for the compiler, so this is done with little code. */
    private static Map<String, Long> ticksOfCores(String stat) {
        var ticks = new HashMap<String, Long>();
        var lines = new StringTokenizer(stat, "\n");
        while (lines.hasMoreTokens()) {
            var line = lines.nextToken();
            if (!line.startsWith("cpu")) break;
            var words = new StringTokenizer(line, " ");
            var core = words.nextToken();
            if (words.countTokens() < STEAL || core.equals("cpu")) continue;
            for (int other = 1; other < STEAL; other++) words.nextToken();
            ticks.put(core, Long.parseLong(words.nextToken()));
        }
        return ticks;
    }
}
