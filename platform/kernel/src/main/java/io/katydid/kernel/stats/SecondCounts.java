package io.katydid.kernel.stats;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Counts per epoch second, immutable. Kept in pages, so that a day's run copies one page for a new second and not the day. */
final class SecondCounts {
    static final SecondCounts NONE = new SecondCounts(0, new int[0][]);
    private static final int[] NO_PAGE = {};
    private static final int PAGE_BITS = 6;
    private static final int PAGE = 1 << PAGE_BITS;
    private final long firstPage;
    private final int[][] pages;

    private SecondCounts(long firstPage, int[][] pages) {
        this.firstPage = firstPage;
        this.pages = pages;
    }

    SecondCounts plus(long second, int count) {
        if (count == 0) return this;
        var page = new int[PAGE];
        page[(int) (second & PAGE - 1)] = count;
        return plus(second >> PAGE_BITS, page);
    }

    SecondCounts plus(SecondCounts other) {
        var sum = this;
        for (int i = 0; i < other.pages.length; i++) {
            var page = other.pages[i];
            if (page.length > 0) sum = sum.plus(other.firstPage + i, page);
        }
        return sum;
    }

    SecondCounts plus(Map<Long, Long> counts) {
        var sum = this;
        for (var second : counts.entrySet()) sum = sum.plus(second.getKey(), (int) Math.min(Integer.MAX_VALUE, second.getValue()));
        return sum;
    }

    private SecondCounts plus(long number, int[] page) {
        long from = pages.length == 0 ? number : Math.min(firstPage, number);
        long to = pages.length == 0 ? number : Math.max(firstPage + pages.length - 1, number);
        var grown = new int[(int) (to - from + 1)][];
        Arrays.fill(grown, NO_PAGE);
        System.arraycopy(pages, 0, grown, pages.length == 0 ? 0 : (int) (firstPage - from), pages.length);
        int at = (int) (number - from);
        grown[at] = sum(grown[at], page);
        return new SecondCounts(from, grown);
    }

    private static int[] sum(int[] before, int[] page) {
        if (before.length == 0) return page.clone();
        var sum = before.clone();
        // Only somebody who reports nonsense comes near the limit; a negative rate would be worse.
        for (int i = 0; i < PAGE; i++) sum[i] = (int) Math.min(Integer.MAX_VALUE, (long) sum[i] + page[i]);
        return sum;
    }

    /** Gives the mean over the seconds from {@code from} to before {@code to}; 0 when there are none. */
    double mean(long from, long to) {
        if (to <= from) return 0;
        long sum = 0;
        for (long second = Math.max(from, firstPage << PAGE_BITS); second < Math.min(to, firstPage + pages.length << PAGE_BITS); second++)
            sum += count(second);
        return (double) sum / (to - from);
    }

    private int count(long second) {
        var page = pages[(int) ((second >> PAGE_BITS) - firstPage)];
        return page.length == 0 ? 0 : page[(int) (second & PAGE - 1)];
    }

    Map<Long, Long> map() {
        var map = new TreeMap<Long, Long>();
        for (int i = 0; i < pages.length; i++) {
            var page = pages[i];
            for (int j = 0; j < page.length; j++) {
                if (page[j] != 0) map.put((firstPage + i << PAGE_BITS) + j, (long) page[j]);
            }
        }
        return map;
    }

    @Override public String toString() { return (firstPage << PAGE_BITS) + ":" + Arrays.deepToString(pages); }
}
