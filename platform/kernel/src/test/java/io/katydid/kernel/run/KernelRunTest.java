package io.katydid.kernel.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Run.Share;
import io.katydid.api.State;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Writes into the record of a run. */
class KernelRunTest {
    private final KernelRun run = new KernelRun(Map.of("users", 5));

    @Test void itHasATimeAndMarksInTheirOrder() {
        var before = Instant.now();
        run.mark("one");
        run.mark("two");
        assertThat(run.marks()).extracting("what").containsExactly("one", "two");
        assertThat(run.marks().getFirst().time()).isBetween(before.minusMillis(1), Instant.now());
        assertThat(run.parameters()).isEqualTo(Map.of("users", 5));
        assertThat(run.id()).hasSize(36).isNotEqualTo(new KernelRun(Map.of()).id());
    }

    @Test void itsTimeGoesUntilItHasEnded() {
        assertThat(run.endTime()).isEmpty();
        double first = run.seconds();
        assertThat(first).isBetween(0.0, 60.0);
        while (run.seconds() == first) Thread.onSpinWait();
        run.end();
        double ended = run.seconds();
        long now = System.nanoTime();
        while (System.nanoTime() - now < 1_000_000) Thread.onSpinWait();
        assertThat(run.seconds()).isEqualTo(ended).isGreaterThan(first);
        assertThat(run.endTime()).get().matches(time -> !time.isBefore(run.startTime()));
    }

    @Test void faultsThatGrowStandFirstAndTheOthersHaveAnEnd() {
        for (int i = 0; i < 150; i++) run.fault("fault " + i);
        run.fault("busy", "busy for 1 second");
        run.fault("late", "late for 1 second");
        run.fault("busy", "busy for 2 seconds");
        assertThat(run.faults()).hasSize(102).startsWith("busy for 2 seconds", "late for 1 second", "fault 0").endsWith("fault 99");
    }

    @Test void whatAWorkerDidAddsUpInTheOrderOfTheWorkers() {
        run.share(new Share("b", 1, 4, 10, 50, 2000, State.RUNNING));
        run.share(new Share("a", 0, 1, 1, 1, 1, State.READY));
        run.share(new Share("b", 1, 3, 5, 70, 1000, State.STOPPED));
        assertThat(run.shares()).containsExactly(new Share("a", 0, 1, 1, 1, 1, State.READY),
            new Share("b", 1, 4, 15, 70, 2000, State.STOPPED));
    }
}
