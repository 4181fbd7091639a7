package io.katydid.carrier;

/** Counts how long one watched thing has stood still, and what was done about it. Touched by the watchdog's thread only. */
final class Standstill {
    final Watched watched;
    private long beats;
    private long sinceNanos;
    private boolean reported;
    private boolean freed;

    Standstill(Watched watched, long nowNanos) {
        this.watched = watched;
        beats = watched.beats();
        sinceNanos = nowNanos;
    }

    /**
     * Looks, and gives for how long it has stood still; 0 when it goes on. What the watchdog itself was late does not count: a pause of the collector or of
     * the machine stops loops and watchdog alike, and no user is to blame.
     */
    long look(long nowNanos, long lateNanos) {
        long now = watched.beats();
        if (now != beats || watched.idle(nowNanos)) {
            beats = now;
            sinceNanos = nowNanos;
            reported = false;
            freed = false;
        } else {
            sinceNanos += lateNanos;
        }
        return nowNanos - sinceNanos;
    }

    /** Tells whether it turned since the last look. */
    boolean isOver() { return watched.beats() != beats; }

    /** Tells, once per standstill, that it is to be reported. */
    boolean mayReport() {
        boolean first = !reported;
        reported = true;
        return first;
    }

    /** Tells, once per standstill, that its user is to be freed. */
    boolean mayFree() {
        boolean first = !freed;
        freed = true;
        return first;
    }
}
