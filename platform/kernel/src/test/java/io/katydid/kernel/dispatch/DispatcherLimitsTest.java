package io.katydid.kernel.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.UserClass;
import io.katydid.api.UserDispatcher.Step;
import io.katydid.parity.Parity;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Dispatches as many users as the reference's tests do, within its limits; the figures of this machine are JMH's to tell. */
class DispatcherLimitsTest {

    private static List<String> workers(int count) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) ids.add("host" + i % 100 + "_" + i);
        return ids;
    }

    private static List<UserClass> classes(int count) {
        var classes = new ArrayList<UserClass>();
        for (int i = 0; i < count; i++) classes.add(FakeClass.weighted("U" + (100 + i), 1 + i % 7));
        return classes;
    }

    private static int[] perWorker(Step step) {
        return step.users().values().stream().mapToInt(users -> users.values().stream().mapToInt(Integer::intValue).sum()).sorted()
            .toArray();
    }

    private static TreeMap<String, Integer> perClass(Step step) {
        var sum = new TreeMap<String, Integer>();
        step.users().values().forEach(users -> users.forEach((name, count) -> sum.merge(name, count, Integer::sum)));
        return sum;
    }

    @Test
    @Parity({"RN-73", "AC-77"}) void aMillionUsersAreDistributedAndTakenBackWithinSeconds() {
        var dispatcher = new KullbackLeiblerDispatcher(classes(5), workers(10_000));
        long begin = System.nanoTime();
        var all = dispatcher.dispatch(1_000_000, 1_000_000, List.of()).iterator().next();
        var none = dispatcher.dispatch(0, 1_000_000, List.of()).iterator().next();
        assertThat((System.nanoTime() - begin) / 1e9).isLessThan(7);
        assertThat(perWorker(all)).hasSize(10_000).containsOnly(100);
        assertThat(perWorker(none)).containsOnly(0);
    }

    @Test
    @Parity({"RN-73", "AC-77"}) void eachStepOfALargeRampIsQuickAndFair() {
        var classes = classes(50);
        double weights = classes.stream().mapToDouble(UserClass::weight).sum();
        var dispatcher = new KullbackLeiblerDispatcher(classes, workers(1000));
        var seconds = new ArrayList<Double>();
        int users = 0;
        long begin = System.nanoTime();
        for (var step : dispatcher.dispatch(100_000, 5000, List.of())) {
            seconds.add((System.nanoTime() - begin) / 1e9);
            users += 5000;
            var loads = perWorker(step);
            assertThat(loads[loads.length - 1] - loads[0]).isLessThanOrEqualTo(1);
            var counts = perClass(step);
            double tolerance = users == 100_000 ? 0.005 : 0.15;
            for (var type : classes) {
                double share = users * type.weight() / weights;
                assertThat(counts.get(type.name()) / share).as("%s of %d users", type.name(), users).isBetween(1 - tolerance,
                    1 + tolerance);
            }
            begin = System.nanoTime();
        }
        assertThat(seconds).hasSize(20);
        // The middle one: a pause of the machine is not the dispatcher's.
        assertThat(seconds.stream().sorted().toList().get(10)).isLessThan(0.2);
    }
}
