package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Estimates clocks that are a minute and a half off from answers on slow and quick ways. */
class ClockOffsetTest {
    private static final long AHEAD = TimeUnit.SECONDS.toNanos(90);
    private static final long MILLI = 1_000_000;
    private final ClockOffset offset = new ClockOffset();

    /** Takes the answer of a master that is ahead, on a way of so long there and so long back. */
    private void answer(long ahead, long there, long back) {
        long sent = ClockOffset.now();
        offset.take(sent, sent + there + ahead, sent + there + back);
    }

    @Test void theQuickestAnswerIsBelieved() {
        assertThat(offset.nanos()).isZero();
        answer(AHEAD, 200 * MILLI, 20 * MILLI);
        assertThat(offset.nanos()).isEqualTo(AHEAD + 90 * MILLI);
        answer(AHEAD, MILLI, MILLI);
        assertThat(offset.nanos()).isEqualTo(AHEAD);
        answer(AHEAD, 10 * MILLI, 900 * MILLI);
        assertThat(offset.nanos()).isEqualTo(AHEAD);
    }

    @Test void aClockThatIsAheadOfTheMastersIsTakenBack() {
        answer(-AHEAD, 3 * MILLI, MILLI);
        assertThat(offset.nanos()).isEqualTo(-AHEAD + MILLI);
    }

    @Test void anAnswerFromBeforeTheQuestionSaysNothing() {
        answer(AHEAD, MILLI, -2 * MILLI);
        assertThat(offset.nanos()).isZero();
    }

    @Test void onlyAMasterThatSaysWhenItAnsweredIsBelieved() {
        offset.take(Said.of(null));
        offset.take(Said.of(Map.of(ClockOffset.SENT, 7L)));
        offset.take(Said.of(Map.of(ClockOffset.SENT, "yesterday", "answered", 7L)));
        assertThat(offset.nanos()).isZero();
        offset.take(Said.of(ClockOffset.answer(ClockOffset.now())));
        assertThat(Math.abs(offset.nanos())).isLessThan(TimeUnit.SECONDS.toNanos(10));
    }
}
