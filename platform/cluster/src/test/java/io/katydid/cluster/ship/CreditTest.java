package io.katydid.cluster.ship;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Bounds what peers have not read. */
class CreditTest {
    private final AtomicLong now = new AtomicLong();
    private final Credit credit = new Credit(now::get);

    @Test void whoDoesNotReadGetsEightAnswersAMinute() {
        var numbers = IntStream.range(0, 8).mapToLong(_ -> credit.take("w", 1).orElseThrow()).toArray();
        assertThat(credit.take("w", 1)).isEmpty();
        assertThat(credit.take("other", 1)).isPresent();
        credit.read("other", numbers[0]);
        credit.read("w", numbers[0] + 1);
        credit.read("w", "nonsense");
        assertThat(credit.take("w", 1)).as("only who got the answer can have read it").isEmpty();
        credit.read("w", numbers[3]);
        credit.read("w", numbers[3]);
        assertThat(credit.take("w", 1)).isPresent();
        assertThat(credit.take("w", 1)).isEmpty();
        now.set(TimeUnit.SECONDS.toNanos(61));
        for (int i = 0; i < 8; i++) assertThat(credit.take("w", 1)).isPresent();
        assertThat(credit.take("w", 1)).isEmpty();
    }

    @Test void allTogetherHaveEightMebibytesOnTheirWay() {
        long quarter = 2L << 20;
        var first = credit.take("a", quarter).orElseThrow();
        for (var id : new String[]{"b", "c", "d"}) assertThat(credit.take(id, quarter)).isPresent();
        assertThat(credit.take("e", 1)).isEmpty();
        assertThat(credit.isUsedUp("e")).as("the others have to read").isFalse();
        credit.read("a", first);
        assertThat(credit.take("e", quarter)).isPresent();
        assertThat(credit.take("f", 1)).isEmpty();
        now.set(TimeUnit.SECONDS.toNanos(6));
        assertThat(credit.take("f", 1)).as("who does not read holds nobody up for long").isPresent();
    }

    @Test void whatIsReadLateCountsAsRead() {
        var numbers = IntStream.range(0, 8).mapToLong(_ -> credit.take("w", 1).orElseThrow()).toArray();
        now.set(TimeUnit.SECONDS.toNanos(30));
        assertThat(credit.take("w", 1)).isEmpty();
        credit.read("w", numbers[5]);
        credit.read("w", numbers[5]);
        assertThat(credit.take("w", 1)).isPresent();
        assertThat(credit.take("w", 1)).isEmpty();
    }
}
