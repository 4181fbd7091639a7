package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Makes a loop fail where it can, and looks whether its users go on. */
class SurvivalTest {
    private final Carriers carriers = Carriers.open(CarrierOptions.defaults().withLoops(1).withName("survives"));
    private final Carrier carrier = carriers.next();

    @AfterEach void close() {
        carriers.close();
    }

    /** The last resort of a task that fails is the log; when that fails too, the turn does. */
    @Test void aTurnThatFailsIsNotTheLoopsEnd() throws Exception {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var refused = new AtomicInteger();
        var sleeper = carrier.spawn("sleeper", () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50)));
        context.addTurboFilter(new TurboFilter() {
            @Override public FilterReply decide(Marker marker, Logger logger, Level level, String format, Object[] params,
                Throwable problem) {
                if (logger != Carriers.LOG || level != Level.ERROR) return FilterReply.NEUTRAL;
                refused.incrementAndGet();
                throw new IllegalStateException("the disk is full");
            }
        });
        try {
            for (int i = 0; i < 3; i++) {
                carrier.execute(() -> {
                    throw new IllegalStateException("on purpose");
                });
            }
            await("the log refuses tasks and turns").until(() -> refused.get() == 6);
        } finally {
            context.resetTurboFilterList();
        }
        assertThat(sleeper.join(Duration.ofSeconds(10))).isTrue();
        var runs = new CountDownLatch(1);
        carrier.execute(runs::countDown);
        assertThat(runs.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test void aStackThatOverflowsIsItsUsersOnly() throws Exception {
        var deep = new AtomicInteger();
        var user = carrier.spawn("deep", () -> {
            try {
                recurse(deep);
            } catch (StackOverflowError expected) {
                deep.set(-deep.get());
            }
        });
        assertThat(user.join(Duration.ofSeconds(10))).isTrue();
        assertThat(-deep.get()).as("frames a user may have").isGreaterThan(20_000);
        assertThat(carrier.spawn("next", () -> {}).join(Duration.ofSeconds(10))).isTrue();
    }

    @Test void anErrorEndsItsUserOnlyAndIsHeardOf() throws Exception {
        var heard = new CountDownLatch(1);
        var user = carrier.spawn("fails", () -> {
            Thread.currentThread().setUncaughtExceptionHandler((_, problem) -> {
                if (problem instanceof OutOfMemoryError) heard.countDown();
            });
            throw new OutOfMemoryError("on purpose");
        });
        assertThat(user.join(Duration.ofSeconds(10))).isTrue();
        assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(((Loop) carrier).users().size()).isZero();
    }

    private static int recurse(AtomicInteger depth) {
        return depth.incrementAndGet() < 0 ? 0 : recurse(depth) + 1;
    }
}
