package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.katydid.carrier.netty.Netty;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import shop.Blocks;
import shop.Gate;

/** Opens two sets in one JVM, as two environments do, and looks whether one feels the other. */
class TwoSetsTest {
    private final List<Stall> stallsOfRed = new CopyOnWriteArrayList<>();
    private final List<Stall> stallsOfBlue = new CopyOnWriteArrayList<>();
    private final Carriers red = Carriers.open(CarrierOptions.defaults().withLoops(2).withName("red").withOnStall(stallsOfRed::add));
    private final Carriers blue = Carriers.open(CarrierOptions.defaults().withLoops(2).withName("blue").withOnStall(stallsOfBlue::add));

    @AfterEach void close() {
        red.close();
        blue.close();
    }

    @Test void aUserIsOnOneLoopOfOneSet() throws Exception {
        for (var set : List.of(red, blue)) {
            var mine = set.all().get(1);
            var seen = new CompletableFuture<List<Object>>();
            mine.spawn("user", () -> seen.complete(List.of(Carrier.current(), JdkThreads.carrierThread().getName(),
                List.of(red, blue).stream().flatMap(any -> any.all().stream()).filter(Carrier::isCurrent).toList())));
            assertThat(seen.get(10, TimeUnit.SECONDS)).containsExactly(mine, (set == red ? "red" : "blue") + "-carrier-1", List.of(mine));
        }
    }

    @Test void aTaskForAnotherSetRunsThereAndTheUserStays() throws Exception {
        var mine = red.next();
        var other = blue.next();
        var ran = new CompletableFuture<Boolean>();
        var result = new CompletableFuture<Boolean>();
        mine.spawn("user", () -> {
            other.execute(() -> ran.complete(other.isCurrent() && Netty.eventLoop(other).inEventLoop() && !mine.isCurrent()));
            result.complete(ran.join() && mine.isCurrent() && !other.isCurrent() && !Netty.eventLoop(other).inEventLoop());
        });
        assertThat(result.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test void aStallOfOneIsNotTheOthers() throws Exception {
        var gate = new Gate();
        var turns = new AtomicLong();
        var sibling = blue.next().spawn("sibling", () -> {
            while (stallsOfRed.isEmpty() || turns.get() < 100) {
                turns.incrementAndGet();
                LockSupport.parkNanos(1_000_000);
            }
        });
        red.next().spawn("holder", () -> Blocks.burnCpu(gate));
        await("red's stall").until(() -> !stallsOfRed.isEmpty());
        gate.open();
        assertThat(sibling.join(Duration.ofSeconds(10))).isTrue();
        assertThat(stallsOfBlue).isEmpty();
    }

    @Test void theEndOfOneIsNotTheOthers() throws Exception {
        var user = blue.next().spawn("user", LockSupport::park);
        red.close();
        assertThat(user.isAlive()).isTrue();
        LockSupport.unpark(user);
        assertThat(user.join(Duration.ofSeconds(10))).isTrue();
        assertThat(blue.blocking(() -> 42)).isEqualTo(42);
        assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName).noneMatch(name -> name.startsWith("red-"));
    }

    @Test void aThreadOfNoSetHasOneLoopForEver() throws Exception {
        var mine = Carrier.current();
        assertThat(mine).isSameAs(Carrier.current());
        assertThat(red.all()).doesNotContain(mine);
        assertThat(blue.all()).doesNotContain(mine);
        assertThat(mine.isCurrent()).isFalse();
        var onIt = new CompletableFuture<Boolean>();
        mine.execute(() -> onIt.complete(mine.isCurrent()));
        assertThat(onIt.get(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test void eachCountsItsOwnWork() throws Exception {
        red.utilisation();
        blue.utilisation();
        red.all().get(0).spawn("computes", () -> {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(90);
            while (System.nanoTime() - end < 0) Thread.onSpinWait();
        }).join();
        var reds = red.utilisation();
        assertThat(reds.get(0)).isGreaterThan(reds.get(1)).isLessThanOrEqualTo(1);
        assertThat(blue.utilisation()).allSatisfy(share -> assertThat(share).isBetween(0.0, reds.get(0)));
        assertThat(blue.wakeUpDelayP99Millis()).as("no timer was set").isNaN();
        red.next().spawn("sleeps", () -> LockSupport.parkNanos(1_000_000)).join();
        assertThat(red.wakeUpDelayP99Millis()).isPositive();
        assertThat(red.wakeUpDelayP99Millis()).as("nothing since").isNaN();
        assertThat(blue.wakeUpDelayP99Millis()).isNaN();
    }
}
