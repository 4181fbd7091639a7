import module java.base;

/**
 * Is how long each of many requests took, in the order of their ends.
 *
 * @param ends when, by {@link System#nanoTime}, which is one clock for all processes of a machine
 * @param nanos how long
 */
record Times(long[] ends, long[] nanos) {

    /** Reads what {@link #write} has written, or a script has. */
    static Times read(Path file) throws IOException {
        var numbers = ByteBuffer.wrap(Files.readAllBytes(file)).asLongBuffer();
        var times = new Times(new long[numbers.remaining() / 2], new long[numbers.remaining() / 2]);
        for (int i = 0; i < times.ends.length; i++) {
            times.ends[i] = numbers.get();
            times.nanos[i] = numbers.get();
        }
        return times;
    }

    /** Writes an end and a time after each other, eight bytes each. */
    void write(Path file) throws IOException {
        var bytes = ByteBuffer.allocate(ends.length * 2 * Long.BYTES);
        for (int i = 0; i < ends.length; i++) bytes.putLong(ends[i]).putLong(nanos[i]);
        Files.write(file, bytes.array());
    }

    /** Gives those that ended between two moments, the shortest first. */
    long[] between(long from, long to) {
        return IntStream.range(0, ends.length).filter(i -> ends[i] >= from && ends[i] < to).mapToLong(i -> nanos[i]).sorted().toArray();
    }

    /** Gives the median and the 99th percentile of sorted times. */
    static Tool.Latency latency(long[] sorted) { return new Tool.Latency(at(sorted, 0.5), at(sorted, 0.99)); }

    private static double at(long[] sorted, double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1L, (long) Math.ceil(sorted.length * share) - 1)] / 1e6;
    }
}
