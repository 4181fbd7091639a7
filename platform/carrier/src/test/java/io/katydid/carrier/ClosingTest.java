package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import shop.Blocks;
import shop.Gate;

/** Closes sets of loops with whatever may still be on them. */
class ClosingTest {
    private static final Closing.Limits SHORT = new Closing.Limits(Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofMillis(200));

    private static Carriers open(boolean fallback) {
        return Carriers.open(CarrierOptions.defaults().withLoops(2).withForceFallback(fallback).withName("closing"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void usersThatWaitAreInterruptedAndEnd(boolean fallback) throws Exception {
        var carriers = open(fallback);
        var waits = new CountDownLatch(4);
        var users = List.of(carriers.next().spawn("parks", () -> {
            waits.countDown();
            while (!Thread.interrupted()) LockSupport.park();
        }), carriers.next().spawn("sleeps", () -> {
            waits.countDown();
            try {
                Thread.sleep(Duration.ofHours(1)); // sleeps on purpose: the closing ends it
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }), carriers.next().spawn("awaits", () -> {
            waits.countDown();
            assertThatThrownBy(() -> new CountDownLatch(1).await()).isInstanceOf(InterruptedException.class);
        }), carriers.next().spawn("blocks", () -> {
            waits.countDown();
            assertThatThrownBy(() -> carriers.blocking(() -> new CountDownLatch(1).await(1, TimeUnit.HOURS)))
                .hasMessage("The wait for blocking work was interrupted, and so was the work.");
        }));
        waits.await();
        try (var log = new LogLines()) {
            carriers.close();
            for (var user : users) assertThat(user.join(Duration.ofSeconds(1))).as(user.getName()).isTrue();
            assertThat(log.at(Level.WARN)).isEmpty();
        }
        nothingIsLeft("closing");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void usersThatEndSoonAreNotInterrupted(boolean fallback) throws Exception {
        var carriers = open(fallback);
        var interrupted = new AtomicBoolean();
        var user = carriers.next().spawn("ends soon", () -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(300));
            interrupted.set(Thread.interrupted());
        });
        carriers.close();
        assertThat(user.isAlive()).isFalse();
        assertThat(interrupted).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void aUserThatSwallowsInterruptsIsNamedAndGoesOnWithoutALoop(boolean fallback)
        throws Exception {
        var carriers = open(fallback);
        var stop = new AtomicBoolean();
        var carrier = carriers.next();
        var last = new AtomicReference<String>();
        var user = carrier.spawn("deaf", () -> {
            while (!stop.get()) {
                Thread.interrupted();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            last.set(Thread.currentThread().isVirtual() + ", " + carrier.isCurrent());
        });
        try (var log = new LogLines()) {
            carriers.close(SHORT);
            assertThat(log.at(Level.WARN))
                .containsExactly("Loop 0 closes although 1 of its users did not end within 400 ms of being interrupted: deaf. "
                    + "A user must not swallow interrupts; these go on without a loop.");
        }
        nothingIsLeft("closing-carrier");
        stop.set(true);
        assertThat(user.join(Duration.ofSeconds(10))).as("goes on").isTrue();
        assertThat(last).hasValue("true, false");
    }

    /** Children are not counted: whoever starts one sees to its end. It must not be lost all the same. */
    @Test void aChildThatOutlivesItsUserSleepsOnAndEnds() throws Exception {
        var carriers = open(false);
        var child = new CompletableFuture<Thread>();
        var woken = new CountDownLatch(2);
        carriers.next().spawn("parent", () -> {
            child.complete(Thread.ofVirtual().start(() -> {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
                woken.countDown();
                LockSupport.park();
                woken.countDown();
            }));
        }).join();
        carriers.close();
        await("its sleep ends").until(() -> woken.getCount() == 1);
        LockSupport.unpark(child.get());
        assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(child.get().join(Duration.ofSeconds(10))).isTrue();
    }

    @Test void aUserThatHoldsItsThreadIsSaidAndTheThreadEndsWithIt() throws Exception {
        var carriers = open(false);
        var gate = new Gate();
        var user = carriers.next().spawn("computes", () -> Blocks.burnCpu(gate));
        try (var log = new LogLines()) {
            carriers.close(SHORT);
            assertThat(log.at(Level.WARN)).hasSize(2).last()
                .isEqualTo("The thread of loop 0 did not end within 200 ms: a user holds it. It ends when that user lets go.");
        }
        gate.open();
        assertThat(user.join(Duration.ofSeconds(10))).isTrue();
        nothingIsLeft("closing");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void noUserStartsOnceItCloses(boolean fallback) throws Exception {
        var carriers = open(fallback);
        var carrier = carriers.next();
        carriers.close();
        var ran = new AtomicBoolean();
        assertThatThrownBy(() -> carrier.spawn("late", () -> ran.set(true))).isInstanceOf(IllegalStateException.class)
            .hasMessage("The user 'late' cannot start on loop 0: its set of carriers is closed. Start users before Carriers.close().");
        assertThatThrownBy(() -> carriers.blocking(() -> 1)).isInstanceOf(IllegalStateException.class)
            .hasMessage("Blocking work cannot begin: its set of carriers is closed. End users before Carriers.close().");
        carriers.close();
        assertThat(ran).isFalse();
    }

    /** Users start from many threads while the set closes: each either runs to its end or is refused, none is left between. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void aStartThatMeetsTheCloseRunsOrIsRefused(boolean fallback) throws Exception {
        for (int round = 0; round < 10; round++) {
            var carriers = open(fallback);
            var started = new AtomicInteger();
            var ended = new AtomicInteger();
            var starters = new ArrayList<Thread>();
            var begun = new CountDownLatch(3);
            for (int i = 0; i < 3; i++) {
                starters.add(Thread.ofPlatform().start(() -> {
                    try {
                        for (int user = 0; user < 100_000; user++) {
                            carriers.next().spawn("user", ended::incrementAndGet);
                            started.incrementAndGet();
                            if (user == 10) begun.countDown();
                        }
                    } catch (IllegalStateException closed) {
                        assertThat(closed).hasMessageContaining("is closed");
                    }
                }));
            }
            begun.await();
            carriers.close();
            for (var starter : starters) starter.join();
            await("all that started have ended").untilAsserted(() -> assertThat(ended.get()).isEqualTo(started.get()));
        }
    }

    @Test void aUserThatClosesItsOwnSetIsNotWaitedFor() throws Exception {
        var carriers = open(false);
        var took = new CompletableFuture<Duration>();
        carriers.next().spawn("closes", () -> {
            long begin = System.nanoTime();
            carriers.close();
            took.complete(Duration.ofNanos(System.nanoTime() - begin));
        });
        assertThat(took.get(10, TimeUnit.SECONDS)).as("else it would wait for itself for 5 s").isLessThan(Duration.ofSeconds(4));
        nothingIsLeft("closing");
    }

    @Test void anInterruptedCloserClosesAllTheSame() throws Exception {
        var carriers = open(false);
        var user = carriers.next().spawn("ends soon", () -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50)));
        Thread.currentThread().interrupt();
        carriers.close();
        assertThat(Thread.interrupted()).as("the flag is kept").isTrue();
        assertThat(user.join(Duration.ofSeconds(5))).isTrue();
        nothingIsLeft("closing");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void fiftyRoundsLeaveNoThread(boolean fallback) throws Exception {
        round(fallback);
        int before = Thread.getAllStackTraces().size();
        for (int i = 0; i < 50; i++) round(fallback);
        nothingIsLeft("rounds");
        // The JDK's own threads come and go.
        await("no more threads than before").until(() -> Thread.getAllStackTraces().size() <= before + 5);
    }

    private static void round(boolean fallback) throws InterruptedException {
        try (var carriers = Carriers.open(CarrierOptions.defaults().withLoops(2).withForceFallback(fallback).withName("rounds"))) {
            for (int i = 0; i < 4; i++) carriers.next().spawn("user", () -> carriers.blocking(() -> 1)).join();
        }
    }

    private static void nothingIsLeft(String prefix) {
        await("the threads of " + prefix).untilAsserted(
            () -> assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).noneMatch(name -> name.startsWith(prefix)));
    }
}
