package io.katydid.cluster;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/**
 * Waits for what workers say last when a test stops: that their users have ended, and a report that is complete. A worker of Katydid reports before it says that
 * it has stopped; any other reports when its next report is due.
 */
final class Farewells {
    private final Map<String, Awaited> awaited = new HashMap<>();

    private enum Awaited {
        STOP, REPORT
    }

    private final Map<String, Boolean> reportsFirst = new HashMap<>();

    /** Begins to wait for a worker. */
    synchronized void expect(String id, boolean reportsBeforeItStops) {
        awaited.put(id, Awaited.STOP);
        reportsFirst.put(id, reportsBeforeItStops);
    }

    /** Takes in that a worker's users have ended. */
    synchronized void stopped(String id) {
        if (!awaited.containsKey(id)) return;
        if (reportsFirst.getOrDefault(id, false)) awaited.remove(id);
        else awaited.put(id, Awaited.REPORT);
        notifyAll();
    }

    /** Takes in that a worker greets: one that has stopped says that it is ready again, and reports yet; any other has been started anew. */
    synchronized void greeted(String id) {
        if (awaited.get(id) != Awaited.REPORT) gone(id);
    }

    /** Takes in that a worker has reported. */
    synchronized void reported(String id) {
        if (awaited.get(id) == Awaited.REPORT) gone(id);
    }

    /** Takes in that nothing more comes from a worker. */
    synchronized void gone(String id) {
        awaited.remove(id);
        reportsFirst.remove(id);
        notifyAll();
    }

    synchronized boolean isOver() { return awaited.isEmpty(); }

    /** Tells whether some worker's users have not ended yet. */
    synchronized boolean isStopping() {
        return awaited.containsValue(Awaited.STOP);
    }

    /** Waits until all have said what was waited for, but for reports no longer than so long after the last stop; gives those that have not. */
    synchronized Set<String> await(long stopNanos, long reportNanos) {
        waitWhile(System.nanoTime() + stopNanos, true);
        var late = new TreeSet<>(awaited.keySet());
        late.removeIf(id -> awaited.get(id) != Awaited.STOP);
        late.forEach(awaited::remove);
        waitWhile(System.nanoTime() + reportNanos, false);
        awaited.clear();
        reportsFirst.clear();
        return late;
    }

    private void waitWhile(long endNanos, boolean stopping) {
        boolean interrupted = false;
        while (stopping ? isStopping() : !isOver()) {
            long left = endNanos - System.nanoTime();
            if (left <= 0) break;
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }
}
