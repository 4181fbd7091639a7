package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Counts a standstill by a clock of its own. */
class StandstillTest {
    private static final long LOOK = 50;
    private final Thing thing = new Thing();
    private final Standstill standstill = new Standstill(thing, 0);
    private long now;

    @Test void whatTurnsDoesNotStand() {
        for (int i = 0; i < 10; i++) {
            thing.beats++;
            assertThat(look(0)).isZero();
        }
    }

    @Test void whatIsIdleDoesNotStand() {
        thing.idle = true;
        for (int i = 0; i < 10; i++) assertThat(look(0)).isZero();
        thing.idle = false;
        assertThat(look(0)).as("counted from the last idle look").isEqualTo(LOOK);
    }

    @Test void standingAddsUp() {
        for (int i = 1; i <= 10; i++) assertThat(look(0)).isEqualTo(i * LOOK);
    }

    /** As when the collector stops everything: the watchdog looks late, so nobody knows whether the loop would have turned. */
    @Test void whatTheWatchdogWasLateDoesNotCount() {
        assertThat(look(0)).isEqualTo(LOOK);
        assertThat(look(3000)).isEqualTo(2 * LOOK);
        assertThat(look(0)).isEqualTo(3 * LOOK);
    }

    @Test void eachStandstillIsReportedAndFreedOnce() {
        look(0);
        assertThat(standstill.mayReport()).isTrue();
        assertThat(standstill.mayReport()).isFalse();
        assertThat(standstill.mayFree()).isTrue();
        assertThat(standstill.mayFree()).isFalse();
        thing.beats++;
        look(0);
        assertThat(standstill.mayReport()).as("the next one").isTrue();
        assertThat(standstill.mayFree()).isTrue();
    }

    @Test void whatWentOnMeanwhileIsBlamedOnNobody() {
        look(0);
        thing.stack = new StackTraceElement[]{new StackTraceElement("shop.Shop", "browse", "Shop.java", 7)};
        assertThat(Watchdog.stall(standstill, 1_000_000).at()).isEqualTo("shop.Shop.browse(Shop.java:7)");
        thing.turnsWhenLookedAt = true;
        var stall = Watchdog.stall(standstill, 1_000_000);
        assertThat(stall.cause()).isEqualTo(Stall.Cause.UNKNOWN);
        assertThat(stall.at() + stall.stackOfUser()).isEmpty();
    }

    @Test void theWatchdogClosesWhatItLooksAt() {
        new Watchdog("closes", List.of(thing), () -> true, _ -> {}).close();
        await("closed").until(() -> thing.closed);
    }

    @Test void theWatchdogLooksOnlyWhileThereAreUsers() {
        var users = new AtomicBoolean();
        var asked = new AtomicInteger();
        // What stands is asked more often, for its report.
        thing.idle = true;
        try (var watchdog = new Watchdog("rests", List.of(thing), () -> {
            asked.incrementAndGet();
            return users.get();
        }, _ -> {})) {
            await("the first question").until(() -> asked.get() == 1);
            long before = thing.looks.get();
            for (int stirred = 1; stirred <= 3; stirred++) {
                int times = asked.get();
                watchdog.stir();
                await("a look at users that have gone again").until(() -> asked.get() > times);
                assertThat(thing.looks.get() - before).as("one look for each that came").isEqualTo(stirred);
            }
            users.set(true);
            watchdog.stir();
            await("looks").until(() -> thing.looks.get() > before + 6);
        }
        await("closed").until(() -> thing.closed);
    }

    /** A virtual thread that beats must not stay behind with each set that closes. */
    @Test void aPulseEndsWithItsSet() {
        var pulse = new Pulse(Optional::empty);
        pulse.beats();
        await("a beat").until(() -> pulse.beats() > 0);
        var thread = pulse.thread();
        assertThat(thread.isVirtual()).isTrue();
        pulse.close();
        await("its end").until(() -> !thread.isAlive());
    }

    private long look(long late) {
        now += LOOK + late;
        return standstill.look(now, late);
    }

    private static final class Thing implements Watched {
        long beats;
        boolean idle;
        boolean turnsWhenLookedAt;
        StackTraceElement[] stack = {};
        volatile boolean closed;
        final AtomicLong looks = new AtomicLong();

        @Override public String place() { return "thing"; }

        @Override public long beats() {
            looks.incrementAndGet();
            return beats;
        }

        @Override public boolean idle(long nowNanos) { return idle; }

        @Override public Optional<Thread> user() { return Optional.empty(); }

        @Override public StackTraceElement[] stack() {
            if (turnsWhenLookedAt) beats++;
            return stack;
        }

        @Override public boolean cold() { return false; }

        @Override public void close() {
            closed = true;
        }
    }
}
