package io.katydid.kernel.dispatch;

import static io.katydid.kernel.dispatch.FakeClass.fixed;
import static io.katydid.kernel.dispatch.FakeClass.weighted;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.UserDispatcher.Step;
import io.katydid.parity.Parity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dispatches the reference's own cases and compares each step. */
class DispatcherSequencesTest {
    private static final List<UserClass> THREE = List.of(weighted("A", 1), weighted("B", 1), weighted("C", 1));

    private static List<Step> steps(KullbackLeiblerDispatcher dispatcher, int target, double rate) {
        var steps = new ArrayList<Step>();
        dispatcher.dispatch(target, rate, List.of()).forEach(steps::add);
        return steps;
    }

    private static List<String> workers(int count) {
        var ids = new ArrayList<String>();
        for (int i = 1; i <= count; i++) ids.add(String.valueOf(i));
        return ids;
    }

    /** Gives users per class over all workers, without classes that have none. */
    private static Map<String, Integer> perClass(Step step) {
        var sum = new TreeMap<String, Integer>();
        step.users().values().forEach(users -> users.forEach((name, count) -> {
            if (count > 0) sum.merge(name, count, Integer::sum);
        }));
        return sum;
    }

    private static List<Integer> perWorker(Step step) {
        return step.users().values().stream().map(users -> users.values().stream().mapToInt(Integer::intValue).sum()).toList();
    }

    private static int total(Step step) { return perWorker(step).stream().mapToInt(Integer::intValue).sum(); }

    /** Works out by hand what a number of users looks like: classes in turn, workers in turn. */
    private static Map<String, Map<String, Integer>> inTurn(int users, int workers) {
        var map = new TreeMap<String, Map<String, Integer>>();
        for (var id : workers(workers)) map.put(id, new TreeMap<>(Map.of("A", 0, "B", 0, "C", 0)));
        for (int i = 0; i < users; i++) {
            var worker = map.get(String.valueOf(i % workers + 1));
            if (worker != null) worker.merge("ABC".substring(i % 3, i % 3 + 1), 1, Integer::sum);
        }
        return map;
    }

    @ParameterizedTest
    @Parity({"AC-69", "AC-72", "RN-65", "RN-66", "RN-67", "RN-22"})
    @CsvSource({"3,0.5", "3,1", "3,2", "3,2.4", "3,3", "3,4", "3,9", "4,0.5", "4,1", "4,2", "4,2.4", "4,3", "4,4",
        "4,9"}) void aRampUpAndDownHasTheseStepsAndWaits(
            int workers, double rate) {
        var dispatcher = new KullbackLeiblerDispatcher(THREE, workers(workers));
        int perStep = Math.max(1, (int) rate);
        var up = steps(dispatcher, 9, rate);
        assertThat(up).hasSize((9 + perStep - 1) / perStep);
        for (int i = 0; i < up.size(); i++) {
            int users = Math.min(9, (i + 1) * perStep);
            assertThat(up.get(i).users()).as("step %d up", i + 1).isEqualTo(inTurn(users, workers));
            assertThat(up.get(i).waitSeconds()).isEqualTo(users == 9 ? 0 : perStep / rate, Offset.offset(1e-9));
        }
        var down = steps(dispatcher, 0, rate);
        assertThat(down).hasSize(up.size());
        for (int i = 0; i < down.size(); i++) {
            int users = Math.max(0, 9 - (i + 1) * perStep);
            assertThat(down.get(i).users()).as("step %d down", i + 1).isEqualTo(inTurn(users, workers));
            assertThat(down.get(i).waitSeconds()).isEqualTo(users == 0 ? 0 : perStep / rate, Offset.offset(1e-9));
        }
    }

    @Test
    @Parity({"AC-72", "RN-65"}) void theWaitIsThatOfTheUsersOfTheStep() {
        record Wait(double rate, int users, double seconds) {}
        for (var wait : List.of(new Wait(0.5, 1, 2), new Wait(1, 1, 1), new Wait(2.4, 2, 2 / 2.4), new Wait(2.5, 2, 0.8),
            new Wait(10, 10, 1),
            new Wait(120, 120, 1), new Wait(10.25, 10, 10 / 10.25))) {
            var first = steps(new KullbackLeiblerDispatcher(THREE, workers(1)), 500, wait.rate).getFirst();
            assertThat(total(first)).isEqualTo(wait.users);
            assertThat(first.waitSeconds()).isEqualTo(wait.seconds, Offset.offset(1e-9));
        }
    }

    @Test
    @Parity({"RN-69", "AC-57"}) void aTargetThatIsReachedIsToldOnce() {
        var dispatcher = new KullbackLeiblerDispatcher(THREE, workers(5));
        var spawned = steps(dispatcher, 7, 100);
        assertThat(perWorker(spawned.getLast())).containsExactly(2, 2, 1, 1, 1);
        assertThat(steps(dispatcher, 7, 1)).containsExactly(new Step(spawned.getLast().users(), 0));
        assertThat(perWorker(steps(new KullbackLeiblerDispatcher(THREE, workers(5)), 2, 100).getLast())).containsExactly(1, 1, 0, 0, 0);
        assertThat(perWorker(steps(new KullbackLeiblerDispatcher(THREE, workers(2)), 0, 1).getLast())).containsExactly(0, 0);
    }

    @Test
    @Parity({"RN-60", "AC-70"}) void usersGoToAnotherHostBeforeTheyShareOne() {
        var dispatcher = new KullbackLeiblerDispatcher(List.of(weighted("C", 1), weighted("A", 1), weighted("B", 1)),
            List.of("hostB_2", "hostA_1", "hostA_3", "hostB_1", "hostA_2", "hostC_1"));
        assertThat(steps(dispatcher, 3, 100).getLast().users().keySet()).containsExactly("hostA_1", "hostB_1", "hostC_1", "hostA_2",
            "hostB_2",
            "hostA_3");
        assertThat(perWorker(steps(dispatcher, 3, 100).getLast())).containsExactly(1, 1, 1, 0, 0, 0);
        // Classes are taken by name.
        assertThat(steps(dispatcher, 3, 100).getLast().users().get("hostA_1")).containsEntry("A", 1);
    }

    @ParameterizedTest
    @Parity({"RN-61", "AC-71", "UM-5", "SD-15"})
    @CsvSource({"5,3,2,0.1", "5,3,2,10", "1,2,3,0.25", "4,4,1,100", "0.5,0.3,0.2,10"}) void onlyTheProportionOfWeightsMatters(double a,
        double b,
        double c, double factor) {
        var one = new WeightedCycle(Map.of("A", a, "B", b, "C", c));
        double sum = a + b + c;
        var counts = new TreeMap<String, Integer>();
        for (int i = 1; i <= 300; i++) {
            counts.merge(one.next().orElseThrow(), 1, Integer::sum);
            for (var weight : Map.of("A", a, "B", b, "C", c).entrySet()) {
                assertThat(Math.abs(counts.getOrDefault(weight.getKey(), 0) - i * weight.getValue() / sum))
                    .as("%s of %d", weight.getKey(), i)
                    .isLessThan(1.5);
            }
        }
        var other = new WeightedCycle(Map.of("A", a * factor, "B", b * factor, "C", c * factor));
        var scaled = new TreeMap<String, Integer>();
        for (int i = 1; i <= 300; i++) scaled.merge(other.next().orElseThrow(), 1, Integer::sum);
        assertThat(scaled).isEqualTo(counts);
    }

    @Test
    @Parity({"AC-14", "AC-16", "RN-63", "UM-6", "SD-16"}) void theExamplesOfTheReferenceWithFixedCounts() {
        var fixed = new KullbackLeiblerDispatcher(List.of(fixed("User1", 2), weighted("User2", 1), weighted("User3", 1)), workers(1));
        assertThat(perClass(steps(fixed, 10, 100).getLast())).isEqualTo(Map.of("User1", 2, "User2", 4, "User3", 4));
        var named = new KullbackLeiblerDispatcher(List.of(weighted("User2", 1), weighted("User3", 1)), workers(1));
        assertThat(perClass(steps(named, 5, 100).getLast())).isEqualTo(Map.of("User2", 3, "User3", 2));
    }

    @ParameterizedTest
    @Parity({"AC-75", "RN-63", "RN-64"})
    @CsvSource({"1,1,0,0", "3,2,1,0", "5,3,2,0", "6,3,2,1", "10,3,2,5", "100,3,2,95"}) void fixedCountsComeFirstAndTheRestIsShared(
        int users, int f,
        int g, int others) {
        for (int workers = 1; workers <= 3; workers++) {
            var dispatcher = new KullbackLeiblerDispatcher(List.of(fixed("F", 3), fixed("G", 2), weighted("A", 1)), workers(workers));
            var last = perClass(steps(dispatcher, users, 7).getLast());
            assertThat(last.getOrDefault("F", 0)).isEqualTo(f);
            assertThat(last.getOrDefault("G", 0)).isEqualTo(g);
            assertThat(last.getOrDefault("A", 0)).isEqualTo(others);
        }
        var only = new KullbackLeiblerDispatcher(List.of(fixed("F", 3), fixed("G", 2)), workers(2));
        assertThat(total(steps(only, users, 3).getLast())).isEqualTo(Math.min(5, users));
    }

    @Test
    @Parity({"AC-73", "RN-68"}) void upDownAndUpAgainGivesTheSameDistribution() {
        for (int workers = 1; workers <= 4; workers++) {
            var dispatcher = new KullbackLeiblerDispatcher(List.of(weighted("A", 5), weighted("B", 3), weighted("C", 2), fixed("F", 2)),
                workers(workers));
            var full = steps(dispatcher, 20, 3).getLast();
            var seven = steps(dispatcher, 7, 2).getLast();
            assertThat(perClass(seven)).containsEntry("F", 2);
            assertThat(steps(dispatcher, 0, 20)).hasSize(1);
            assertThat(perClass(steps(dispatcher, 20, 4).getLast())).isEqualTo(perClass(full));
            int most = perWorker(full).stream().mapToInt(Integer::intValue).max().orElseThrow();
            assertThat(perWorker(full)).allMatch(count -> count >= most - 1);
        }
    }

    @Test
    @Parity({"RN-70", "AC-74"}) void aWorkerThatComesOrGoesIsTakenUpAtOnceInTheMiddleOfARamp() {
        var dispatcher = new KullbackLeiblerDispatcher(THREE, workers(3));
        var ramp = dispatcher.dispatch(9, 3, List.of()).iterator();
        ramp.next();
        assertThat(perWorker(ramp.next())).containsExactly(2, 2, 2);
        dispatcher.workers(List.of("1", "3"));
        var rebalanced = ramp.next();
        assertThat(rebalanced.users().keySet()).containsExactly("1", "3");
        assertThat(perWorker(rebalanced)).containsExactly(3, 3);
        assertThat(rebalanced.waitSeconds()).isZero();
        assertThat(perClass(rebalanced)).isEqualTo(Map.of("A", 2, "B", 2, "C", 2));
        assertThat(perWorker(ramp.next())).containsExactly(5, 4);
        assertThat(ramp.hasNext()).isFalse();
        // On the plateau too, once.
        dispatcher.workers(workers(4));
        assertThat(steps(dispatcher, 9, 1)).singleElement().satisfies(step -> assertThat(perWorker(step)).containsExactly(3, 2, 2, 2));
        assertThat(steps(dispatcher, 9, 1)).hasSize(1);
    }

    @Test
    @Parity({"RN-70"}) void aSecondWorkerTakesHalf() {
        var dispatcher = new KullbackLeiblerDispatcher(List.of(weighted("A", 1)), workers(1));
        assertThat(steps(dispatcher, 100, 20).stream().map(DispatcherSequencesTest::total)).containsExactly(20, 40, 60, 80, 100);
        dispatcher.workers(workers(2));
        assertThat(steps(dispatcher, 100, 20)).singleElement().satisfies(step -> assertThat(perWorker(step)).containsExactly(50, 50));
    }

    @Test
    @Parity("RN-71") void aPlateauThatWasRebalancedIsDoneAndTheNextRampHasItsOwnSteps() {
        var dispatcher = new KullbackLeiblerDispatcher(List.of(weighted("A", 1)), workers(1));
        assertThat(steps(dispatcher, 6, 6)).hasSize(1);
        dispatcher.workers(workers(2));
        var plateau = dispatcher.dispatch(6, 6, List.of()).iterator();
        assertThat(perWorker(plateau.next())).containsExactly(3, 3);
        // In the reference the plan stays in progress here until another one has ended.
        assertThat(plateau.hasNext()).isFalse();
        assertThat(steps(dispatcher, 10, 2).stream().map(DispatcherSequencesTest::total)).containsExactly(8, 10);
    }

    abstract static class TypeA extends User {}

    abstract static class TypeB extends User {}

    @Test
    @Parity({"RN-72", "RN-48", "AC-76", "RN-41"}) void otherClassesConcernTheUsersFromThenOn() {
        var dispatcher = new KullbackLeiblerDispatcher(
            List.of(new FakeClass("A", TypeA.class, 1, 0), new FakeClass("B", TypeB.class, 1, 0)),
            workers(2));
        var last = new ArrayList<Step>();
        dispatcher.dispatch(4, 100, List.of(TypeA.class)).forEach(last::add);
        assertThat(perClass(last.getLast())).isEqualTo(Map.of("A", 4));
        dispatcher.dispatch(10, 100, List.of(TypeB.class)).forEach(last::add);
        assertThat(perClass(last.getLast())).isEqualTo(Map.of("A", 4, "B", 6));
        dispatcher.dispatch(14, 100, List.of(TypeA.class, TypeB.class)).forEach(last::add);
        assertThat(perClass(last.getLast())).isEqualTo(Map.of("A", 6, "B", 8));
        // The last to come go first, whatever their class.
        dispatcher.dispatch(4, 100, List.of()).forEach(last::add);
        assertThat(perClass(last.getLast())).isEqualTo(Map.of("A", 4));
    }
}
