package io.katydid.carrier;

/** Is a task that runs later. */
@FunctionalInterface
public interface CarrierTimer {

    /** Takes the task back if it has not run. Any thread; O(1) on its loop. */
    void cancel();
}
