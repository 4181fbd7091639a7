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

    /** Whatever a timer has the loop do is to be compiled with the rest of it, and not to be new to it after a minute. */
    @Test void timersOfALongLimitComeEarly() throws Exception {
        int connections = 50;
        for (int i = 0; i < connections; i++) {
            var one = new ReadTimeout(loop, times::incrementAndGet);
            loop.after(millis(2L * i), () -> one.start(millis(60_000)));
        }
        var before = new CompletableFuture<Long>();
        var after = new CompletableFuture<Long>();
        loop.after(millis(500), () -> before.complete(loop.turns()));
        loop.after(millis(1_500), () -> after.complete(loop.turns()));
        assertThat(after.get(1, TimeUnit.MINUTES) - before.get()).as("turns of a loop with nothing to do but timers")
            .isGreaterThan(connections / 2);
        assertThat(times).as("timeouts").hasValue(0);
    }

    private static long millis(long count) { return TimeUnit.MILLISECONDS.toNanos(count); }
}
