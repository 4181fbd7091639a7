package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;

/** Drives a wheel by a clock of its own, beside a list that does the same slowly. */
class TimerWheelTest {
    private static final long TICK = 1L << 16;

    /** One thing that happens to a wheel. */
    private sealed interface Step {
        /** A timer so far ahead, in ns; below 0 it is overdue when it is added. */
        record Add(long inNanos) implements Step {}

        /** A timer that adds another one when it runs, as a user that sleeps again. */
        record AddTwice(long inNanos, long againInNanos) implements Step {}

        /** A timer that cancels another one when it runs. */
        record AddCanceller(long inNanos, int which) implements Step {}

        /** One of those added so far, counted around. */
        record Cancel(int which) implements Step {}

        /** The same from another thread: it stays in the wheel until the loop hears of it. */
        record CancelFromElsewhere(int which) implements Step {}

        /** Time passes, then the loop looks. */
        record Pass(long nanos) implements Step {}

        /** The loop sleeps for exactly as long as the wheel allows. */
        record Sleep() implements Step {}
    }

    @Provide Arbitrary<List<Step>> steps() {
        var near = Arbitraries.longs().between(-5 * TICK, 600 * TICK);
        var delays = Arbitraries.frequencyOf(Tuple.of(6, near), Tuple.of(3, edges()),
            Tuple.of(1, Arbitraries.longs().between(0, Long.MAX_VALUE / 8)));
        var which = Arbitraries.integers().between(0, 1000);
        Arbitrary<Step> step = Arbitraries.frequencyOf(Tuple.of(6, delays.map(Step.Add::new)),
            Tuple.of(1, Combinators.combine(delays, delays).as(Step.AddTwice::new)),
            Tuple.of(1, Combinators.combine(delays, which).as(Step.AddCanceller::new)),
            Tuple.of(2, which.map(Step.Cancel::new)), Tuple.of(1, which.map(Step.CancelFromElsewhere::new)),
            Tuple.of(3, Arbitraries.oneOf(Arbitraries.longs().between(0, 1000 * TICK), edges()).map(Step.Pass::new)),
            Tuple.of(3, Arbitraries.just(new Step.Sleep())));
        return step.list().ofMaxSize(60);
    }

    /** Gives delays at the borders of the five wheels, where a slip of one would show. */
    private static Arbitrary<Long> edges() {
        return Combinators
            .combine(Arbitraries.integers().between(0, 5), Arbitraries.longs().between(-2, 2), Arbitraries.longs().between(-1, 1))
            .as((level, ticks, nanos) -> ((1L << (8 * level)) + ticks) * TICK + nanos);
    }

    @Property(tries = 3000, edgeCases = EdgeCasesMode.NONE) void doesWhatAListWouldDo(@ForAll("steps") List<Step> steps,
        @ForAll long base) {
        var both = new Both(base);
        for (var step : steps) both.doStep(step);
        both.passAll();
    }

    @Test void aDeadlineInThePastIsDueAtTheNextTick() {
        var both = new Both(42);
        both.pass(10 * TICK);
        both.add(-3 * TICK, () -> {});
        assertThat(both.wheel.delayNanos(both.now)).isLessThanOrEqualTo(TICK);
        both.pass(TICK);
        assertThat(both.ran).hasSize(1);
    }

    @Test void anEmptyWheelHasNoDeadline() {
        assertThat(new Both(0).wheel.delayNanos(0)).isEqualTo(Long.MAX_VALUE);
    }

    @Test void aTimerBeyondTheLastWheelComesInTheEnd() {
        var both = new Both(0);
        long years = TimeUnit.DAYS.toNanos(365 * 100);
        both.add(years, () -> {});
        both.pass(years - TICK);
        assertThat(both.ran).isEmpty();
        both.pass(2 * TICK);
        assertThat(both.ran).hasSize(1);
    }

    @Test void whatIsTakenOutIsWhole() {
        var both = new Both(7);
        for (long delay = 1; delay < Long.MAX_VALUE / 4; delay *= 5) both.add(delay, () -> {});
        int added = both.wheel.size();
        var taken = new ArrayList<WheelTimer>();
        both.wheel.takeAll(taken::add);
        assertThat(taken).hasSize(added).doesNotHaveDuplicates();
        assertThat(both.wheel.size()).isZero();
        assertThat(both.wheel.delayNanos(both.now)).isEqualTo(Long.MAX_VALUE);
    }

    private static final Loop LOOP = new StillLoop();

    /** Is a wheel, a list of what it holds, and their clock. */
    private static final class Both {
        final TimerWheel wheel;
        final List<Entry> all = new ArrayList<>();
        final List<Entry> ran = new ArrayList<>();
        private final List<Entry> ranNow = new ArrayList<>();

        long now;

        Both(long base) {
            wheel = new TimerWheel(base, new Lateness());
            now = base;
        }

        void doStep(Step step) {
            switch (step) {
                case Step.Add(var in) -> add(in, () -> {});
                case Step.AddTwice(var in, var again) -> add(in, () -> add(again, () -> {}));
                case Step.AddCanceller(var in, var which) -> add(in, () -> cancel(which, true));
                case Step.Cancel(var which) -> cancel(which, true);
                case Step.CancelFromElsewhere(var which) -> cancel(which, false);
                case Step.Pass(var nanos) -> pass(nanos);
                case Step.Sleep() -> {
                    long delay = wheel.delayNanos(now);
                    if (delay != Long.MAX_VALUE) pass(delay);
                }
            }
            check();
        }

        void add(long inNanos, Runnable then) {
            var entry = new Entry(now + inNanos, now + Math.max(0, inNanos));
            entry.timer = new WheelTimer(LOOP, entry.deadline, () -> {
                ranNow.add(entry);
                then.run();
            });
            wheel.add(entry.timer);
            all.add(entry);
        }

        private void cancel(int which, boolean here) {
            if (all.isEmpty()) return;
            var entry = all.get(which % all.size());
            boolean waits = !entry.timer.isDone();
            assertThat(entry.timer.cancel(false)).as("cancelled in time").isEqualTo(waits);
            assertThat(entry.timer.isCancelled()).isEqualTo(entry.cancelled || waits);
            if (waits) entry.cancelled = true;
            if (here) wheel.remove(entry.timer);
        }

        void pass(long nanos) {
            now += Math.max(0, nanos);
            ranNow.clear();
            wheel.expire(now);
            for (var entry : ranNow) {
                assertThat(now - entry.deadline).as("never early").isNotNegative();
                assertThat(entry.ran || entry.cancelled).as("once, and not when cancelled").isFalse();
                entry.ran = true;
            }
            var ticks = ranNow.stream().map(entry -> entry.timer.tick).toList();
            assertThat(ticks).as("in the order of their ticks").isSortedAccordingTo(Comparator.naturalOrder());
            ran.addAll(ranNow);
        }

        /** Compares: what is a tick over has run, all else waits, and the loop would not sleep past it. */
        private void check() {
            long delay = wheel.delayNanos(now);
            for (var entry : all) {
                if (entry.ran || entry.cancelled) continue;
                assertThat(entry.timer.slot).as("waits in the wheel").isNotNegative();
                assertThat(now - entry.due).as("at most a tick late").isLessThan(TICK);
                assertThat(delay - (entry.due - now)).as("sleeps too long").isLessThanOrEqualTo(TICK);
            }
            assertThat(wheel.size()).isEqualTo((int) all.stream().filter(entry -> entry.timer.slot >= 0).count());
        }

        void passAll() {
            int bound = 0;
            while (wheel.size() > 0) {
                pass(Math.max(1, wheel.delayNanos(now)));
                assertThat(bound++).as("wake-ups until all have run").isLessThan(20_000);
            }
            assertThat(all).allMatch(entry -> entry.ran != entry.cancelled);
        }
    }

    private static final class Entry {
        final long deadline;
        /** The deadline, or when it was added if that is later. */
        final long due;
        WheelTimer timer;
        boolean ran;
        boolean cancelled;

        Entry(long deadline, long due) {
            this.deadline = deadline;
            this.due = due;
        }
    }
}
