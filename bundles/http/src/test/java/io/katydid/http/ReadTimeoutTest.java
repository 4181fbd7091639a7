package io.katydid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.carrier.Carrier;
import io.katydid.carrier.CarrierOptions;
import io.katydid.carrier.Carriers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Waits longer than its first timers do, on a loop of its own. */
class ReadTimeoutTest {
    private final Carriers carriers = Carriers.open(CarrierOptions.defaults().withLoops(1));
    private final Carrier loop = carriers.next();
    private final CompletableFuture<Long> over = new CompletableFuture<>();
    private final AtomicInteger times = new AtomicInteger();
    private final ReadTimeout timeout = new ReadTimeout(loop, () -> {
        times.incrementAndGet();
        over.complete(System.nanoTime());
    });

    @AfterEach void close() {
        carriers.close();
    }

    @Test void aLimitBeyondItsFirstTimersIsKept() throws Exception {
        long limit = millis(3_200);
        long begin = System.nanoTime();
        loop.execute(() -> timeout.start(limit));
        assertThat(over.get(1, TimeUnit.MINUTES) - begin).isGreaterThanOrEqualTo(limit);
        assertThat(times).hasValue(1);
    }

    @Test void whatIsHeardBetweenTimersPutsItOff() throws Exception {
        long limit = millis(1_500);
        var heard = new CompletableFuture<Long>();
        loop.execute(() -> timeout.start(limit));
        loop.after(millis(1_200), () -> {
            timeout.heard();
            heard.complete(System.nanoTime());
        });
        assertThat(over.get(1, TimeUnit.MINUTES) - heard.get()).isGreaterThanOrEqualTo(limit - millis(1));
        assertThat(times).hasValue(1);
    }

    @Test void aTimerThatFindsNobodyWaitingLeavesTheNextRequestItsOwn() throws Exception {
        long limit = millis(2_500);
        var begun = new CompletableFuture<Long>();
        loop.execute(() -> {
            timeout.start(limit);
            timeout.stop();
        });
        loop.after(millis(1_100), () -> {
            begun.complete(System.nanoTime());
            timeout.start(millis(200));
        });
        assertThat(over.get(1, TimeUnit.MINUTES) - begun.get()).isBetween(millis(200), limit);
        assertThat(times).hasValue(1);
    }

    private static long millis(long count) { return TimeUnit.MILLISECONDS.toNanos(count); }
}
