package io.katydid.carrier;

import java.util.function.Consumer;

/**
 * Says how carriers are opened.
 *
 * @param loops the number of loops; at least 1
 * @param forceFallback true to run users on the JDK's default scheduler although they could run on the loops
 * @param busyPoll true to keep a loop from sleeping while it has users: it asks for work again and again, and takes its core for that
 * @param name the prefix of all thread names
 * @param onStall hears of each loop that stood still; called on the watchdog's thread
 */
public record CarrierOptions(int loops, boolean forceFallback, boolean busyPoll, String name, Consumer<Stall> onStall) {

    /** Checks the number of loops. */
    public CarrierOptions {
        if (loops < 1) throw new IllegalArgumentException("The number of loops is " + loops + ". Give 1 or more; one per core is usual.");
    }

    /** Gives one loop per core, users on the loops, loops that sleep, and nobody who hears of stalls. */
    public static CarrierOptions defaults() {
        return new CarrierOptions(Runtime.getRuntime().availableProcessors(), false, false, "katydid", _ -> {});
    }

    /** Gives the same with another number of loops. */
    public CarrierOptions withLoops(int count) {
        return new CarrierOptions(count, forceFallback, busyPoll, name, onStall);
    }

    /** Gives the same with users on the default scheduler or not. */
    public CarrierOptions withForceFallback(boolean force) {
        return new CarrierOptions(loops, force, busyPoll, name, onStall);
    }

    /** Gives the same with loops that do not sleep while they have users, or do. */
    public CarrierOptions withBusyPoll(boolean on) {
        return new CarrierOptions(loops, forceFallback, on, name, onStall);
    }

    /** Gives the same with another prefix of thread names. */
    public CarrierOptions withName(String prefix) {
        return new CarrierOptions(loops, forceFallback, busyPoll, prefix, onStall);
    }

    /** Gives the same with somebody who hears of stalls. */
    public CarrierOptions withOnStall(Consumer<Stall> listener) {
        return new CarrierOptions(loops, forceFallback, busyPoll, name, listener);
    }
}
