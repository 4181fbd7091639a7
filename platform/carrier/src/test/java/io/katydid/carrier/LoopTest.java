package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Turns a loop by hand. */
class LoopTest {
    private final StillLoop loop = new StillLoop().here();

    @Test void theTimeOfReadsIsOneForAPollAndNewForTheNext() {
        var seen = new ArrayList<Long>();
        Runnable reads = () -> {
            seen.add(loop.ioNanos());
            seen.add(loop.ioNanos());
        };
        loop.poll(reads);
        assertThat(seen.get(1)).as("one for all reads of a poll").isEqualTo(seen.get(0));
        loop.restOfTurn();
        long asked = loop.ioNanos();
        assertThat(asked).isGreaterThan(seen.get(0));
        while (System.nanoTime() - asked < 1000) Thread.onSpinWait();
        loop.poll(reads);
        assertThat(seen.get(2)).as("what was asked before the poll is not the time of what it read").isGreaterThan(asked);
    }

    @Test void theTimeOfReadsElsewhereIsNow() throws Exception {
        loop.poll(loop::ioNanos);
        long first = loop.ioNanos();
        var elsewhere = new ArrayList<Long>();
        Thread.ofPlatform().start(() -> elsewhere.add(loop.ioNanos())).join();
        assertThat(elsewhere.getFirst()).isGreaterThan(first);
        assertThat(loop.ioNanos()).as("and is not the loop's").isEqualTo(first);
    }

    @Test void aTurnRunsWhatWasThereAtItsBegin() {
        var ran = new AtomicInteger();
        loop.execute(() -> loop.execute(ran::incrementAndGet));
        loop.restOfTurn();
        assertThat(ran).as("added by the first").hasValue(0);
        loop.restOfTurn();
        assertThat(ran).hasValue(1);
    }

    @Test void whatAUserWantsOfTheLoopRunsOnItsThreadAsSoonAsThatIsFree() {
        var order = new ArrayList<String>();
        loop.spawn("first", () -> {
            loop.onLoop(() -> order.add("wanted by the first, on a user's stack: " + Thread.currentThread().isVirtual()));
            order.add("first");
            Thread.yield();
            order.add("first again");
        });
        loop.spawn("second", () -> order.add("second"));
        loop.restOfTurn();
        loop.restOfTurn();
        assertThat(order).containsExactly("first", "wanted by the first, on a user's stack: false", "second", "first again");
    }

    @Test void whatTheLoopWantsOfItselfRunsAtOnceAndWhatOthersWantInATurn() throws Exception {
        var order = new ArrayList<String>();
        loop.onLoop(() -> order.add("at once"));
        assertThat(order).containsExactly("at once");
        Thread.ofPlatform().start(() -> loop.onLoop(() -> order.add("in a turn"))).join();
        assertThat(order).hasSize(1);
        loop.restOfTurn();
        assertThat(order).containsExactly("at once", "in a turn");
    }

    @Test void aTurnRunsAtMost256Tasks() {
        var ran = new AtomicInteger();
        for (int i = 0; i < 1000; i++) loop.execute(ran::incrementAndGet);
        int turns = 0;
        while (ran.get() < 1000) {
            int before = ran.get();
            loop.restOfTurn();
            turns++;
            assertThat(ran.get() - before).isBetween(1, 256);
        }
        assertThat(turns).isGreaterThanOrEqualTo(4);
    }

    /** A cold JVM takes milliseconds for what it does for the first time; a hundred users of that kind must not be one turn. */
    @Test void aTurnOfSlowTasksIsCutAfterAFew() {
        var ran = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            loop.execute(() -> {
                long end = System.nanoTime() + 2_000_000;
                while (System.nanoTime() - end < 0) Thread.onSpinWait();
                ran.incrementAndGet();
            });
        }
        loop.restOfTurn();
        assertThat(ran.get()).isBetween(1, 4);
    }

    @Test void aTaskThatFailsDoesNotEndTheTurn() {
        var ran = new AtomicInteger();
        try (var log = new LogLines()) {
            loop.execute(() -> {
                throw new AssertionError("on purpose");
            });
            loop.execute(ran::incrementAndGet);
            loop.restOfTurn();
            assertThat(log.at(Level.ERROR)).containsExactly("A task on a carrier loop failed");
        }
        assertThat(ran).hasValue(1);
    }

    @Test void aTimerThatFailsDoesNotEndTheTurn() {
        var ran = new AtomicInteger();
        try (var log = new LogLines()) {
            loop.after(0, () -> {
                throw new AssertionError("on purpose");
            });
            loop.after(0, ran::incrementAndGet);
            turnUntil(ran, 1);
            assertThat(log.at(Level.ERROR)).containsExactly("A timer's task on a carrier loop failed");
        }
    }

    @Test void aDelayBelowZeroIsOverAndOneForEverIsNot() {
        var over = new AtomicInteger();
        loop.after(Long.MIN_VALUE, over::incrementAndGet);
        var never = new AtomicInteger();
        loop.after(Long.MAX_VALUE, never::incrementAndGet);
        turnUntil(over, 1);
        assertThat(never).hasValue(0);
        assertThat(loop.timerDelayNanos(System.nanoTime())).isGreaterThan(TimeUnit.DAYS.toNanos(1));
    }

    @Test void aForeignTaskWakesOnlyALoopThatSleeps() throws Exception {
        var foreign = new AtomicInteger();
        Runnable sends = () -> loop.execute(foreign::incrementAndGet);
        Thread.ofPlatform().start(sends).join();
        assertThat(loop.wakeUps).isZero();
        loop.poll(() -> join(Thread.ofPlatform().start(sends)));
        assertThat(loop.wakeUps).isOne();
        loop.restOfTurn();
        assertThat(foreign).hasValue(2);
    }

    @Test void whatComesAfterTheEndGoesOnWithoutTheLoop() throws Exception {
        var ran = new CountDownLatch(5);
        loop.execute(ran::countDown);
        loop.after(TimeUnit.MILLISECONDS.toNanos(5), ran::countDown);
        var cancelled = new AtomicInteger();
        var timer = loop.after(TimeUnit.MILLISECONDS.toNanos(5), cancelled::incrementAndGet);
        var sender = Thread.ofPlatform().start(() -> loop.execute(ran::countDown));
        sender.join();
        loop.end();
        timer.cancel();
        loop.execute(ran::countDown);
        loop.after(0, ran::countDown);
        assertThat(ran.await(10, TimeUnit.SECONDS)).as("left: " + ran.getCount()).isTrue();
        assertThat(cancelled).hasValue(0);
    }

    @TestFactory Stream<DynamicTest> theSchedulerRefusesWhatItCannotRun() {
        var scheduler = new UserScheduler(loop);
        Callable<Integer> call = () -> 1;
        Runnable run = () -> {};
        return Stream.<Callable<?>>of(() -> scheduler.submit(run), () -> scheduler.submit(call), () -> scheduler.submit(run, 1),
            () -> scheduler.submit(ForkJoinTask.adapt(run)), () -> scheduler.invoke(ForkJoinTask.adapt(run)),
            () -> scheduler.externalSubmit(ForkJoinTask.adapt(run)), () -> scheduler.lazySubmit(ForkJoinTask.adapt(run)), () -> {
                scheduler.execute(ForkJoinTask.adapt(run));
                return 0;
            }, () -> scheduler.submitWithTimeout(call, 1, TimeUnit.SECONDS, _ -> {}), () -> scheduler.invokeAll(List.of(call)),
            () -> scheduler.invokeAll(List.of(call), 1, TimeUnit.SECONDS), () -> scheduler.invokeAllUninterruptibly(List.of(call)),
            () -> scheduler.invokeAny(List.of(call)), () -> scheduler.invokeAny(List.of(call), 1, TimeUnit.SECONDS),
            () -> scheduler.schedule(call, 1, TimeUnit.SECONDS), () -> scheduler.scheduleAtFixedRate(run, 1, 1, TimeUnit.SECONDS),
            () -> scheduler.scheduleWithFixedDelay(run, 1, 1, TimeUnit.SECONDS))
            .map(way -> DynamicTest.dynamicTest("a way", () -> {
                assertThatThrownBy(way::call).isInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("This is the scheduler of a loop's users, not a pool: it has no workers to run a task. "
                        + "Start a virtual thread in a user, or use Carrier.execute.");
                assertThat(scheduler.getPoolSize()).isZero();
            }));
    }

    /** Each method of a pool that takes work is either the loop's or refused; one that a later JDK adds fails here. */
    @Test void noMethodThatTakesWorkIsForgotten() {
        var open = Stream.of(ForkJoinPool.class.getMethods())
            .filter(method -> !Modifier.isStatic(method.getModifiers()) && method.getDeclaringClass() != Object.class)
            .filter(method -> Stream.of(method.getParameterTypes()).anyMatch(
                type -> List.of(Runnable.class, Callable.class, ForkJoinTask.class, Collection.class).contains(type)))
            .toList();
        assertThat(open).hasSizeGreaterThanOrEqualTo(19);
        assertThat(open)
            .allSatisfy(method -> assertThat(UserScheduler.class.getDeclaredMethod(method.getName(), method.getParameterTypes()))
                .as(method.toString()).isNotNull());
    }

    private void turnUntil(AtomicInteger counter, int value) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (counter.get() < value && System.nanoTime() - end < 0) loop.restOfTurn();
        assertThat(counter).hasValue(value);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }
}
