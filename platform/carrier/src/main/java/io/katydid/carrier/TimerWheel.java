package io.katydid.carrier;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the timers of one loop in a hierarchy of wheels: adding and cancelling cost the same whatever there is already.
 *
 * <p>A tick is 2<sup>16</sup> ns (65 µs). Wheel 0 has a slot for each of the next 256 ticks, wheel 1 for each 256 of them, and so on. When the time of a higher
 * slot comes, its timers move down. A timer is never early and at most a tick late. Touched by its loop only.
 */
final class TimerWheel {
    private static final int TICK_SHIFT = 16;
    private static final int BITS = 8;
    private static final int SLOTS = 1 << BITS;
    private static final int MASK = SLOTS - 1;
    private static final int LEVELS = 5;
    private static final long MAX_DELTA = (1L << (BITS * LEVELS)) - 1;

    private final long baseNanos;
    private final @Nullable WheelTimer[] heads = new WheelTimer[LEVELS * SLOTS];
    private final long[] used = new long[LEVELS * SLOTS / Long.SIZE];
    private final Lateness lateness;
    private long tick;
    private int size;

    TimerWheel(long nowNanos, Lateness lateness) {
        baseNanos = nowNanos;
        this.lateness = lateness;
    }

    int size() { return size; }

    void add(WheelTimer timer) {
        long late = Math.max(0, timer.deadlineNanos - baseNanos);
        timer.tick = Math.max(tick + 1, (late + (1L << TICK_SHIFT) - 1) >> TICK_SHIFT);
        place(timer);
        size++;
    }

    void remove(WheelTimer timer) {
        if (timer.slot < 0) return;
        unlink(timer);
        size--;
    }

    /** Runs what is due, and gives how many that were. A task may add and cancel timers. */
    int expire(long nowNanos) {
        int ran = 0;
        long target = (nowNanos - baseNanos) >> TICK_SHIFT;
        while (size > 0) {
            long event = nextEventTick();
            if (event > target) break;
            tick = event;
            cascade();
            ran += runSlot((int) (tick & MASK), nowNanos);
        }
        tick = Math.max(tick, target);
        return ran;
    }

    /** Takes out what has not run. */
    void takeAll(Consumer<WheelTimer> taker) {
        for (int slot = 0; slot < heads.length; slot++) {
            WheelTimer timer;
            while ((timer = heads[slot]) != null) {
                remove(timer);
                taker.accept(timer);
            }
        }
    }

    /** Gives the nanoseconds until something may be due; {@link Long#MAX_VALUE} when there is nothing. */
    long delayNanos(long nowNanos) {
        if (size == 0) return Long.MAX_VALUE;
        return Math.max(0, baseNanos + (nextEventTick() << TICK_SHIFT) - nowNanos);
    }

    private void place(WheelTimer timer) {
        long delta = Math.min(MAX_DELTA, timer.tick - tick);
        int level = delta < SLOTS ? 0 : (63 - Long.numberOfLeadingZeros(delta)) / BITS;
        // Beyond the last wheel a timer waits in its last slot and is placed again.
        long at = tick + delta;
        link(timer, level * SLOTS + (int) ((at >> (BITS * level)) & MASK));
    }

    private void cascade() {
        for (int level = LEVELS - 1; level > 0; level--) {
            if ((tick & ((1L << (BITS * level)) - 1)) != 0) continue;
            int slot = level * SLOTS + (int) ((tick >> (BITS * level)) & MASK);
            for (var timer = takeSlot(slot); timer != null;) {
                var following = timer.next;
                timer.next = null;
                place(timer);
                timer = following;
            }
        }
    }

    private int runSlot(int slot, long nowNanos) {
        int ran = 0;
        WheelTimer timer;
        while ((timer = heads[slot]) != null) {
            if (timer.tick > tick) break;
            unlink(timer);
            size--;
            lateness.add(nowNanos - timer.deadlineNanos);
            timer.expire();
            ran++;
        }
        return ran;
    }

    private long nextEventTick() {
        long nearest = Long.MAX_VALUE;
        for (int level = 0; level < LEVELS; level++) {
            int distance = nextUsed(level, (int) ((tick >> (BITS * level)) & MASK));
            if (distance > 0) nearest = Math.min(nearest, ((tick >> (BITS * level)) + distance) << (BITS * level));
        }
        return nearest;
    }

    /** Gives how many slots after {@code from} the next used one of a wheel is, 1 to 256; 0 when the wheel is empty. */
    private int nextUsed(int level, int from) {
        int words = SLOTS / Long.SIZE;
        int first = level * words;
        int start = (from + 1) & MASK;
        for (int i = 0; i <= words; i++) {
            int word = ((start / Long.SIZE) + i) % words;
            long bits = used[first + word];
            if (i == 0) bits &= -1L << (start % Long.SIZE);
            if (i == words) bits &= ~(-1L << (start % Long.SIZE));
            if (bits != 0) return ((word * Long.SIZE + Long.numberOfTrailingZeros(bits) - start) & MASK) + 1;
        }
        return 0;
    }

    private void link(WheelTimer timer, int slot) {
        var head = heads[slot];
        timer.slot = slot;
        timer.previous = null;
        timer.next = head;
        if (head != null) head.previous = timer;
        heads[slot] = timer;
        used[slot / Long.SIZE] |= 1L << (slot % Long.SIZE);
    }

    private void unlink(WheelTimer timer) {
        var previous = timer.previous;
        var next = timer.next;
        if (next != null) next.previous = previous;
        if (previous != null) {
            previous.next = next;
        } else {
            heads[timer.slot] = next;
            if (next == null) clear(timer.slot);
        }
        timer.slot = -1;
        timer.previous = null;
        timer.next = null;
    }

    private @Nullable WheelTimer takeSlot(int slot) {
        var head = heads[slot];
        heads[slot] = null;
        clear(slot);
        return head;
    }

    private void clear(int slot) {
        used[slot / Long.SIZE] &= ~(1L << (slot % Long.SIZE));
    }
}
