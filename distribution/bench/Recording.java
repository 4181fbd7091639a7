import module java.base;

/** Records when requests ended and how long they took, by one thread, for another that reads what was there at that moment. */
final class Recording {
    private static final int MOST = 4_000_000;
    private final long[] ends = new long[MOST];
    private final long[] nanos = new long[MOST];
    private volatile int count;

    /** Leaves out what no longer fits. */
    void add(long end, long took) {
        int at = count;
        if (at == MOST) return;
        ends[at] = end;
        nanos[at] = took;
        count = at + 1;
    }

    Times times() {
        int until = count;
        return new Times(Arrays.copyOf(ends, until), Arrays.copyOf(nanos, until));
    }
}
