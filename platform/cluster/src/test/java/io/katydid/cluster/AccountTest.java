package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AccountTest {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private final Account account = new Account(1, Duration.ofSeconds(1));

    private void beat(int second, long made, long unreported) {
        account.counted(made, unreported, TimeUnit.SECONDS.toNanos(second));
    }

    @Test void whatWasMadeAndNotReportedIsMissing() {
        beat(0, 0, 0);
        beat(1, 100, 100);
        beat(2, 200, 200);
        account.reported(180, NOON);
        beat(3, 300, 120);
        // 100 per second, for as long as it can have gone on unheard.
        assertThat(account.range()).isEqualTo("120 to 420");
        assertThat(account.reportedAt()).isEqualTo(NOON);
    }

    @Test void theHighestRateCounts() {
        beat(0, 0, 0);
        beat(2, 1000, 1000);
        beat(4, 1010, 1010);
        account.reported(1010, NOON);
        assertThat(account.range()).isEqualTo("0 to 1500");
    }

    @Test void theEndOfARampDoesNotHalveTheRate() {
        beat(0, 0, 0);
        beat(1, 0, 0);
        beat(2, 0, 0);
        beat(3, 240, 240);
        beat(4, 480, 480);
        assertThat(account.range()).isEqualTo("480 to 1200");
        beat(5, 720, 720);
        account.reported(720, NOON);
        beat(6, 730, 10);
        assertThat(account.range()).isEqualTo("10 to 730");
    }

    @Test void withoutARateThereIsNoEndOfTheRange() {
        assertThat(account.range()).isEqualTo("at least 0");
        beat(0, 7, 7);
        assertThat(account.range()).isEqualTo("at least 7");
        beat(1, 9, 9);
        assertThat(account.range()).isEqualTo("at least 9");
        beat(2, 11, 11);
        assertThat(account.range()).isEqualTo("11 to 17");
    }

    @Test void whatAnotherMasterWasToldIsNoLossAndNoRate() {
        beat(0, 50_000, 30);
        assertThat(account.range()).isEqualTo("at least 30");
        beat(2, 50_200, 230);
        assertThat(account.range()).isEqualTo("230 to 530");
        // It sends again what that master did not confirm.
        account.reported(230, NOON);
        assertThat(account.range()).isEqualTo("0 to 300");
    }

    @Test void aReportThatTheWorkerDoesNotKnowToHaveArrivedCounts() {
        beat(0, 0, 0);
        account.reported(100, NOON);
        beat(2, 100, 100);
        assertThat(account.range()).isEqualTo("0 to 150");
    }

    @Test void aHeartbeatThatIsOlderThanAReportTakesNothingAway() {
        account.reported(100, NOON);
        beat(0, 40, 40);
        assertThat(account.range()).isEqualTo("at least 0");
    }
}
