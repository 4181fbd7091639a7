package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shop.Hog;

/** Lets a user hold its loop, and reads what the run says of it. */
class StallTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void aLoopThatAUserHeldIsAFaultOfTheRun(boolean fallback) {
        Hog.computes = true;
        int users = fallback ? Runtime.getRuntime().availableProcessors() : 1;
        try (var stage = Stage.of(Hog.class, builder -> {
            if (fallback) builder.forceFallback(true);
        })) {
            stage.ready().runner.start(users, 1000);
            Runs.await(() -> faults(stage).stream().anyMatch(fault -> fault.contains("shop.")));
            Hog.computes = false;
            assertThat(faults(stage)).anyMatch(fault -> fault.matches((fallback ? "The JDK's default scheduler" : "Loop \\d")
                + " did not turn for \\d+ ms at shop\\.Hog\\.compute\\(Hog\\.java:\\d+\\): "
                + "all its users waited\\. Put such work into blocking\\(…\\)\\."));
            stage.runner.stop();
        } finally {
            Hog.computes = false;
        }
    }

    @Test void aRunWhoseUsersYieldHasNoFault() {
        try (var stage = Stage.of(Stage.Busy.class)) {
            stage.ready().runner.start(4, 1000);
            Runs.await(() -> Stage.SENT.sum() > 1000);
            assertThat(faults(stage)).noneMatch(fault -> fault.contains("blocking("));
            stage.runner.stop();
        }
    }

    private static List<String> faults(Stage stage) {
        return stage.runner.run().map(run -> run.faults()).orElse(List.of());
    }
}
