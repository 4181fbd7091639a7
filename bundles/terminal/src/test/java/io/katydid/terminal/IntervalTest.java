package io.katydid.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.parity.Parity;
import io.katydid.testkit.TestOptions;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Counts the tables of a run whose seconds are given by hand. */
class IntervalTest {

    static final class Nobody extends User {
        @Task void nothing() {}
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                   | 6
        --console-stats-interval=1 | 12
        --console-stats-interval=5s | 2
        --console-stats-interval=1m | 0
        --only-summary             | 0
        """)
    @Parity("LP-1") void aTableComesAsOftenAsAsked(String option, int tables) {
        var out = new ByteArrayOutputStream();
        var reporter = new TerminalReporter(new PrintStream(out, true, StandardCharsets.UTF_8), new Screen(160, false));
        var options = TestOptions.of(reporter, option == null ? new String[0] : new String[]{option});
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).headless(true).parsedOptions(options)
            .build()) {
            environment.createLocalRunner();
            environment.init();
            reporter.init(environment);
            for (int second = 0; second < 12; second++) reporter.snapshot(environment.stats().snapshot());
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("Type "))).hasSize(tables);
    }

    @Test void anIntervalBelowASecondIsRefused() {
        var reporter = new TerminalReporter();
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1)
            .parsedOptions(TestOptions.of(reporter, "--console-stats-interval=0")).plugin(reporter).build()) {
            environment.createLocalRunner();
            assertThatThrownBy(environment::init).hasMessage("--console-stats-interval 0 ms is too short: there is one snapshot a second. "
                + "Give 1s or more, or --only-summary for none.");
        }
    }
}
