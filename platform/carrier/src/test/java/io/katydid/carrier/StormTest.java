package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.carrier.netty.Netty;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wakes users by the hundred thousand, from their own loop, another loop and foreign threads, and counts: a wake-up that is lost shows as a user that waits on. */
class StormTest {
    private static final long LOST_NANOS = TimeUnit.SECONDS.toNanos(5);
    private Carriers carriers;

    private Carriers open(boolean fallback, int loops) {
        carriers = Carriers.open(CarrierOptions.defaults().withLoops(loops).withForceFallback(fallback).withName("storm"));
        return carriers;
    }

    @AfterEach void close() {
        carriers.close();
    }

    /** A loop that has nothing else sleeps between two of them, so that each has to wake it: one that is lost waits out the longest poll, 10 s. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void eachWakesAnIdleLoop(boolean fallback) throws Exception {
        int trips = 20_000;
        var opener = Thread.currentThread();
        var asked = new AtomicLong();
        var answered = new AtomicLong();
        var user = open(fallback, 1).next().spawn("answers", () -> {
            while (answered.get() < trips) {
                while (asked.get() == answered.get()) LockSupport.park();
                answered.incrementAndGet();
                LockSupport.unpark(opener);
            }
        });
        long slowest = 0;
        for (int trip = 1; trip <= trips; trip++) {
            long begin = System.nanoTime();
            asked.set(trip);
            LockSupport.unpark(user);
            while (answered.get() < trip && System.nanoTime() - begin < 2 * LOST_NANOS) LockSupport.parkNanos(LOST_NANOS);
            assertThat(answered.get()).isEqualTo(trip);
            slowest = Math.max(slowest, System.nanoTime() - begin);
        }
        assertThat(slowest).as("the slowest of " + trips).isLessThan(LOST_NANOS);
        ends(user);
    }

    /** Fifty pairs hand a turn to and fro, over two loops and within one. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void pairsHandATurnToAndFro(boolean fallback) throws Exception {
        int pairs = 50;
        int trips = 2_000;
        var loops = open(fallback, 2).all();
        var all = new ArrayList<Thread>();
        var done = new AtomicLong();
        for (int pair = 0; pair < pairs; pair++) {
            var turn = new AtomicLong();
            var both = new Thread[2];
            var ready = new CountDownLatch(1);
            for (int side = 0; side < 2; side++) {
                int mine = side;
                both[side] = loops.get((pair + side * (pair % 3)) % 2).spawn("pair " + pair + " side " + side, () -> {
                    await(ready);
                    for (int trip = 0; trip < trips; trip++) {
                        while (turn.get() % 2 != mine) LockSupport.park();
                        turn.incrementAndGet();
                        LockSupport.unpark(both[1 - mine]);
                    }
                    done.addAndGet(turn.get() > 0 ? trips : 0);
                });
            }
            ready.countDown();
            all.addAll(List.of(both));
        }
        for (var user : all) ends(user);
        assertThat(done).hasValue(2L * pairs * trips);
    }

    /** Foreign threads wake users while these are about to park, for a while or for good. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void foreignThreadsWakeUsersThatAreAboutToPark(boolean fallback) throws Exception {
        int users = 100;
        int tokensEach = 1_500;
        int givers = 4;
        var set = open(fallback, 2);
        var given = IntStream.range(0, users).mapToObj(_ -> new AtomicLong()).toList();
        var taken = new AtomicLong();
        var all = new ArrayList<Thread>();
        for (int i = 0; i < users; i++) {
            var mine = given.get(i);
            boolean timed = i % 2 == 0;
            all.add(set.next().spawn("taker " + i, () -> {
                for (int left = tokensEach * givers; left > 0;) {
                    long got = mine.getAndSet(0);
                    left -= (int) got;
                    taken.addAndGet(got);
                    if (got > 0) continue;
                    if (timed) {
                        LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(1, 200_000));
                    } else {
                        LockSupport.park();
                    }
                }
            }));
        }
        var threads = IntStream.range(0, givers).mapToObj(_ -> Thread.ofPlatform().daemon().start(() -> {
            for (int token = 0; token < tokensEach; token++) {
                for (int i = 0; i < users; i++) {
                    given.get(i).incrementAndGet();
                    LockSupport.unpark(all.get(i));
                }
            }
        })).toList();
        for (var thread : threads) thread.join();
        for (var user : all) ends(user);
        assertThat(taken).hasValue((long) users * tokensEach * givers);
    }

    /** Tasks, timers and cancelled timers come from everywhere; each task runs once, no cancelled timer does. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void tasksAndTimersComeFromEverywhere(boolean fallback) throws Exception {
        int rounds = 20_000;
        var loops = open(fallback, 2).all();
        var ran = new AtomicLong();
        var expired = new AtomicLong();
        var wrong = new AtomicLong();
        Runnable sends = () -> {
            for (int i = 0; i < rounds; i++) {
                var carrier = loops.get(i % 2);
                carrier.execute(ran::incrementAndGet);
                Netty.eventLoop(carrier).execute(ran::incrementAndGet);
                carrier.after(i % 7 * 100_000L, expired::incrementAndGet);
                carrier.after(TimeUnit.HOURS.toNanos(1), wrong::incrementAndGet).cancel();
            }
        };
        var senders = List.of(Thread.ofPlatform().start(sends), Thread.ofPlatform().start(sends), loops.get(0).spawn("sender 0", sends),
            loops.get(1).spawn("sender 1", sends));
        for (var sender : senders) ends(sender);
        var end = new CountDownLatch(2);
        for (var carrier : loops) carrier.after(TimeUnit.MILLISECONDS.toNanos(20), () -> carrier.execute(end::countDown));
        assertThat(end.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).hasValue(2L * 4 * rounds);
        assertThat(expired).hasValue(4L * rounds);
        assertThat(wrong).hasValue(0);
        for (var carrier : loops)
            assertThat(((Loop) carrier).timerDelayNanos(System.nanoTime())).as("nothing is left").isEqualTo(Long.MAX_VALUE);
    }

    /** Goods pass from platform threads over two loops and back. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void queuesBetweenLoopsAndThreadsLoseNothing(boolean fallback) throws Exception {
        int goods = 20_000;
        var loops = open(fallback, 2).all();
        var first = new SynchronousQueue<Integer>();
        var second = new LinkedTransferQueue<Integer>();
        var third = new SynchronousQueue<Integer>();
        var one = loops.get(0).spawn("one", () -> move(goods, first::take, second::transfer));
        var two = loops.get(1).spawn("two", () -> move(goods, second::take, third::put));
        var source = Thread.ofPlatform().daemon().start(() -> {
            var next = new AtomicLong();
            move(goods, () -> (int) next.getAndIncrement(), first::put);
        });
        long sum = 0;
        for (int i = 0; i < goods; i++) {
            var got = third.poll(10, TimeUnit.SECONDS);
            assertThat(got).as("number " + i).isEqualTo(i);
            sum += got;
        }
        assertThat(sum).isEqualTo(goods * (goods - 1L) / 2);
        ends(one);
        ends(two);
        ends(source);
    }

    private interface Take { int take() throws InterruptedException; }

    private interface Put { void put(Integer value) throws InterruptedException; }

    private static void move(int count, Take from, Put to) {
        try {
            for (int i = 0; i < count; i++) to.put(from.take());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void ends(Thread user) throws InterruptedException {
        assertThat(user.join(Duration.ofSeconds(30))).as(user.getName() + " ends, " + user).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
