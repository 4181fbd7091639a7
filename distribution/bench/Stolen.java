import module java.base;

/**
 * Is for how long the machine's host had run other guests on its cores when they were wanted here, until one moment; Linux counts it in hundredths of a second.
 *
 * @param nanos when that was, by {@link System#nanoTime}
 * @param ticks hundredths of a second, a core each
 */
record Stolen(long nanos, List<Long> ticks) {
    private static final Pattern CORE = Pattern.compile("^cpu\\d+(?: \\d+){7} (\\d+)", Pattern.MULTILINE);
    private static final double TICKS_PER_SECOND = 100;

    static Stolen now() throws IOException {
        return new Stolen(System.nanoTime(), CORE.matcher(Files.readString(Path.of("/proc/stat"))).results().map(core -> Long.parseLong(core.group(1))).toList());
    }

    /** Gives the share of the time since then that the core which lost most of it has lost. */
    double shareSince(Stolen earlier) {
        double seconds = (nanos - earlier.nanos) / 1e9;
        return IntStream.range(0, ticks.size()).mapToDouble(core -> (ticks.get(core) - earlier.ticks.get(core)) / TICKS_PER_SECOND / seconds).max().orElse(0);
    }
}
