package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.kernel.options.OptionValues;
import io.katydid.parity.Parity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a master waits for reports after a ramp. */
class ReportWaitTest {

    private static OptionValues given(String text) {
        return new OptionValues.Builder().put(ClusterOptions.WAIT_FOR_REPORTS, text, "test").build();
    }

    private static Duration of(String text) { return ReportWait.of(given(text), Pace.defaults()); }

    @Test
    @Parity("CL-60") void itIsSecondsOrAMultipleOfTheReportsInterval() {
        assertThat(ClusterOptions.WAIT_FOR_REPORTS.environmentVariables()).contains("LOCUST_WAIT_FOR_WORKERS_REPORT_AFTER_RAMP_UP");
        assertThat(ReportWait.of(new OptionValues.Builder().build(), Pace.defaults())).isEqualTo(Duration.ofSeconds(1));
        assertThat(of("0.2")).isEqualTo(Duration.ofMillis(200));
        assertThat(of("7")).isEqualTo(Duration.ofSeconds(7));
        assertThat(of("1.25 * WORKER_REPORT_INTERVAL")).isEqualTo(Duration.ofMillis(3750));
        assertThat(of("2*WORKER_REPORT_INTERVAL")).isEqualTo(Duration.ofSeconds(6));
    }

    @Test void anythingElseIsRefusedWhenTheMasterIsMade() {
        for (var wrong : List.of("soon", "-1", "", "1.25 * HEARTBEAT_INTERVAL")) {
            assertThatThrownBy(() -> new Cluster(0, builder -> builder.parsedOptions(given(wrong))).close())
                .isInstanceOf(KatydidException.class).hasMessage("--wait-for-workers-report-after-ramp-up: '" + wrong
                    + "' is no time to wait for. Give seconds, such as 1.5, or a multiple: 1.25 * WORKER_REPORT_INTERVAL.");
        }
    }
}
