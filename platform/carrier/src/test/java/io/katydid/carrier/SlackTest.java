package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Counts timers by a clock of its own. */
class SlackTest {
    private static final long TURN = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long MOST = TimeUnit.MICROSECONDS.toNanos(300);
    private long now = -5;
    private final Slack slack = new Slack(now);

    @Test void thereIsNoneUntilThousandsExpire() {
        assertThat(slack.nanos()).isZero();
        second(5);
        assertThat(slack.nanos()).isZero();
        second(6);
        assertThat(slack.nanos()).isEqualTo(MOST);
    }

    @Test void onceThereItStaysUntilHalfAsManyExpire() {
        second(6);
        second(3);
        assertThat(slack.nanos()).isEqualTo(MOST);
        second(2);
        assertThat(slack.nanos()).isZero();
        second(5);
        assertThat(slack.nanos()).isZero();
    }

    /** The rate is that of the time that has passed, however long a loop slept. */
    @Test void manyAtOnceAfterALongSleepAreFew() {
        now += TimeUnit.SECONDS.toNanos(10);
        slack.expired(20_000, now);
        assertThat(slack.nanos()).isZero();
    }

    private void second(int eachMillisecond) {
        for (int i = 0; i < 1000; i++) slack.expired(eachMillisecond, now += TURN);
    }
}
