package io.katydid.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.stats.Snapshot;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Shows seconds in which the generator was short of something. */
class DoubtsTest {
    private final KernelRun run = new KernelRun(Map.of());
    private final Doubts doubts = new Doubts(run);

    private void second(double runTime, List<Double> loops, double late, double pause, double stolen) {
        doubts.look((Snapshot) Proxy.newProxyInstance(Snapshot.class.getClassLoader(), new Class<?>[]{Snapshot.class},
            (_, method, _) -> switch (method.getName()) {
                case "runTime" -> runTime;
                case "health" -> new Snapshot.Health(loops, late, pause, stolen, 0);
                default -> throw new UnsupportedOperationException(method.getName());
            }));
    }

    @Test void aSoundRunHasNone() {
        second(10, List.of(0.8, 0.2), 20, 50, 50);
        second(11, List.of(), Double.NaN, Double.NaN, Double.NaN);
        assertThat(run.faults()).isEmpty();
    }

    @Test void whileTheJvmIsColdNothingIsDoubted() {
        second(3, List.of(1.0), 500, 500, 500);
        assertThat(run.faults()).isEmpty();
    }

    @Test void eachIsCountedInOneLineInTheOrderTheyFirstHappened() {
        second(10, List.of(0.2, 0.97), 1, 0, 0);
        second(11, List.of(0.9, 0.1), 34.4, 0, 60);
        second(12, List.of(0.1, 0.1), 21, 240, 130);
        assertThat(run.faults()).containsExactly(
            "A carrier loop was busy for more than 80 % of 2 seconds, 97 % at most, so response times contain waits for the generator. Start fewer users, or give"
                + " Katydid more cores (--loops).",
            "Users were woken more than 20 ms late in 2 seconds, 34 ms at most (99th percentile), so requests left later than they should. Start fewer users, or"
                + " leave the machine to Katydid.",
            "The host of this virtual machine gave a core to its other guests for more than 50 ms in 2 seconds, 130 ms at most, and response times contain waits for"
                + " it. Look at 'st' of top or vmstat, and take a machine that has its cores to itself.",
            "Collections of garbage stopped Katydid for more than 50 ms in 1 seconds, 240 ms at most, and response times contain that. Give it more memory, such as"
                + " KATYDID_JAVA_OPTS=-Xmx4g.");
    }

    @Test void whatStallsALoopStandsBesideThem() {
        run.fault("Loop 0 stood still for 120 ms.");
        second(10, List.of(0.97), 1, 0, 0);
        assertThat(run.faults()).hasSize(2).last().isEqualTo("Loop 0 stood still for 120 ms.");
    }
}
