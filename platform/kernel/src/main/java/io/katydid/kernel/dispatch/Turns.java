package io.katydid.kernel.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Orders the workers of one round so that each gets turns by its weight, spread as evenly as can be: smooth weighted round-robin. */
final class Turns {
    /** Keeps a round short, whatever weights somebody gives. */
    private static final int MOST = 1024;

    private Turns() {}

    static List<Integer> of(List<String> workers, Map<String, Integer> weights) {
        var each = workers.stream().map(id -> Math.clamp(weights.getOrDefault(id, 1), 1, MOST)).toList();
        if (each.stream().distinct().count() <= 1) return IntStream.range(0, workers.size()).boxed().toList();
        int divisor = each.stream().reduce(0, Turns::commonDivisor);
        var credit = new int[workers.size()];
        int sum = each.stream().mapToInt(weight -> weight / divisor).sum();
        var turns = new ArrayList<Integer>(sum);
        for (int turn = 0; turn < sum; turn++) {
            int best = 0;
            for (int worker = 0; worker < credit.length; worker++) {
                credit[worker] += each.get(worker) / divisor;
                if (credit[worker] > credit[best]) best = worker;
            }
            credit[best] -= sum;
            turns.add(best);
        }
        return List.copyOf(turns);
    }

    private static int commonDivisor(int a, int b) { return b == 0 ? a : commonDivisor(b, a % b); }
}
