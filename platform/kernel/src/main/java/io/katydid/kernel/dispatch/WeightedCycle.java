package io.katydid.kernel.dispatch;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Gives names in an endless order whose beginning of any length is as near to the weights as it can be, in the sense of Kullback and Leibler:
 * always the name with the smallest {@code w · log2(x / (x + 1))}, where x starts at the weight w and grows by 1 with each turn.
 */
final class WeightedCycle {
    private static final Comparator<Entry> ORDER = Comparator.comparingDouble(Entry::divergence).thenComparingDouble(Entry::x)
        .thenComparingDouble(Entry::weight).thenComparing(Entry::name);
    private final PriorityQueue<Entry> heap = new PriorityQueue<>(ORDER);

    private record Entry(double divergence, double x, double weight, String name) {

        Entry(double x, double weight, String name) {
            this(weight * (Math.log(x / (x + 1)) / Math.log(2)), x, weight, name);
        }

        Entry next() { return new Entry(x + 1, weight, name); }
    }

    WeightedCycle(Map<String, Double> weights) {
        weights.forEach((name, weight) -> {
            if (weight > 0) heap.add(new Entry(weight, weight, name));
        });
    }

    Optional<String> next() {
        var first = heap.poll();
        if (first == null) return Optional.empty();
        heap.add(first.next());
        return Optional.of(first.name());
    }
}
