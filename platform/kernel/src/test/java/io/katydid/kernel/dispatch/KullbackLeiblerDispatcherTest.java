package io.katydid.kernel.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.parity.Parity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves the reference's published sequences and rules. */
class KullbackLeiblerDispatcherTest {

    @ParameterizedTest
    @Parity({"RN-61", "RN-62"})
    @CsvSource(textBlock = """
        A5 B1,       AABAAAAAB
        A1 B1 C1,    ABCABC
        A1 B2 C3,    CBACBCCBACBC
        A3 B1,       ABAAABAAABAA
        A4 B5,       BABABABABB
        A5 B3 C2,    ABCABAACBAABCABAACBA
        A10 B1,      AAAABAAAAAAAAAAABAAAAA
        """) void theSequencesAreThoseOfTheReference(String weights, String sequence) {
        var map = new TreeMap<String, Double>();
        for (var one : weights.split(" ")) map.put(one.substring(0, 1), Double.valueOf(one.substring(1)));
        var cycle = new WeightedCycle(map);
        var found = new StringBuilder();
        for (int i = 0; i < sequence.length(); i++) found.append(cycle.next().orElseThrow());
        assertThat(found.toString()).isEqualTo(sequence);
    }

    @Test
    @Parity({"RN-65", "AC-72"}) void aStepHasAsManyUsersAsTheRateAllows() {
        assertThat(waits(3, 0.5)).containsExactly(2.0, 2.0, 0.0);
        assertThat(waits(4, 2.4)).hasSize(2).first().satisfies(wait -> assertThat(wait).isBetween(0.83, 0.84));
        assertThat(waits(240, 120)).containsExactly(1.0, 0.0);
    }

    private static List<Double> waits(int users, double rate) {
        var waits = new ArrayList<Double>();
        new KullbackLeiblerDispatcher(List.of(type("A", 1, 0)), List.of("local")).dispatch(users, rate, List.of())
            .forEach(step -> waits.add(step.waitSeconds()));
        return waits;
    }

    @Test
    @Parity({"RN-63", "RN-64"}) void fixedClassesComeFirstAndCapTheTarget() {
        var mixed = new KullbackLeiblerDispatcher(List.of(type("A", 1, 0), type("F", 1, 2)), List.of("local"));
        assertThat(last(mixed, 2, 100)).isEqualTo(Map.of("A", 0, "F", 2));
        assertThat(last(mixed, 5, 100)).isEqualTo(Map.of("A", 3, "F", 2));
        var fixed = new KullbackLeiblerDispatcher(List.of(type("F", 1, 2), type("G", 1, 1)), List.of("local"));
        assertThat(last(fixed, 10, 100)).isEqualTo(Map.of("F", 2, "G", 1));
    }

    @Test
    @Parity("RN-68") void theLastToComeAreTheFirstToGo() {
        var dispatcher = new KullbackLeiblerDispatcher(List.of(type("A", 1, 0), type("F", 1, 1)), List.of("local"));
        last(dispatcher, 4, 100);
        assertThat(last(dispatcher, 1, 100)).isEqualTo(Map.of("A", 0, "F", 1));
        assertThat(last(dispatcher, 3, 100)).isEqualTo(Map.of("A", 2, "F", 1));
    }

    @Test void aWorkerWithMoreWeightHasMoreUsersAndLosesThemInTheOrderTheyCame() {
        var dispatcher = new KullbackLeiblerDispatcher(List.of(type("A", 1, 0)), List.of("big", "small"));
        dispatcher.weights(Map.of("big", 6, "small", 2));
        dispatcher.workers(List.of("big", "small"));
        assertThat(end(dispatcher, 40)).isEqualTo(Map.of("big", Map.of("A", 30), "small", Map.of("A", 10)));
        assertThat(end(dispatcher, 4)).isEqualTo(Map.of("big", Map.of("A", 3), "small", Map.of("A", 1)));
        dispatcher.lost("big", "A", 2);
        assertThat(end(dispatcher, 2)).isEqualTo(Map.of("big", Map.of("A", 1), "small", Map.of("A", 1)));
    }

    private static Map<String, Map<String, Integer>> end(KullbackLeiblerDispatcher dispatcher, int users) {
        Map<String, Map<String, Integer>> end = Map.of();
        for (var step : dispatcher.dispatch(users, 1000, List.of())) end = step.users();
        return end;
    }

    @Test
    @Parity("RN-66") void workersDifferByOneAtMostAndSharesAreThoseOfTheWeights() {
        var workers = new ArrayList<String>();
        for (int i = 0; i < 100; i++) workers.add("w" + i);
        var dispatcher = new KullbackLeiblerDispatcher(List.of(type("A", 3, 0), type("B", 1, 0)), workers);
        Map<String, Map<String, Integer>> end = Map.of();
        for (var step : dispatcher.dispatch(10_001, 5000, List.of())) end = step.users();
        var perWorker = end.values().stream().mapToInt(counts -> counts.values().stream().mapToInt(Integer::intValue).sum())
            .summaryStatistics();
        assertThat(perWorker.getMax() - perWorker.getMin()).isLessThanOrEqualTo(1);
        assertThat(end.values().stream().mapToInt(counts -> counts.get("A")).sum()).isBetween(7480, 7520);
    }

    private static Map<String, Integer> last(KullbackLeiblerDispatcher dispatcher, int users, double rate) {
        Map<String, Integer> counts = Map.of();
        for (var step : dispatcher.dispatch(users, rate, List.of())) counts = step.users().get("local");
        return counts;
    }

    private static UserClass type(String name, double weight, int fixed) { return new FakeClass(name, User.class, weight, fixed); }
}
