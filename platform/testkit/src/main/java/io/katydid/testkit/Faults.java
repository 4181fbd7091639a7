package io.katydid.testkit;

import java.time.Duration;

/**
 * Says how a {@link FaultProxy} misbehaves. Each method gives another value; they add up.
 *
 * <pre>{@code
 * proxy.faults(Faults.none().delay(Duration.ofMillis(40)).jitter(Duration.ofMillis(10)));
 * proxy.faults(Faults.none().resetAfter(100));
 * }</pre>
 *
 * @param delay how late bytes are in each direction
 * @param jitter up to so much later still, drawn evenly
 * @param bytesPerSecond the bandwidth in each direction; {@link #UNLIMITED} for no limit
 * @param resetAfter resets a TCP connection after so many bytes of the server; {@link #NEVER} for never
 * @param halfCloseAfter ends the stream to the client after so many bytes of the server, and goes on taking those of the client; {@link #NEVER} for never
 * @param blackHole takes everything and passes nothing on
 * @param loss the share of UDP datagrams that is lost, 0 to 1
 */
public record Faults(Duration delay, Duration jitter, long bytesPerSecond, long resetAfter, long halfCloseAfter, boolean blackHole,
    double loss) {
    /** Stands for no limit of the bandwidth. */
    public static final long UNLIMITED = Long.MAX_VALUE;
    /** Stands for a byte that never comes. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Checks the numbers. */
    public Faults {
        if (delay.isNegative() || jitter.isNegative())
            throw new IllegalArgumentException("Delay " + delay + " and jitter " + jitter + " cannot be negative.");
        if (bytesPerSecond < 1)
            throw new IllegalArgumentException("The bandwidth is " + bytesPerSecond + " bytes per second. Give 1 or more.");
        if (resetAfter < 0 || halfCloseAfter < 0) throw new IllegalArgumentException("A number of bytes cannot be negative.");
        if (!(loss >= 0 && loss <= 1)) throw new IllegalArgumentException("The share of lost datagrams is " + loss + ". Give 0 to 1.");
    }

    /** Passes everything on as it comes. */
    public static Faults none() {
        return new Faults(Duration.ZERO, Duration.ZERO, UNLIMITED, NEVER, NEVER, false, 0);
    }

    /** Passes bytes on so much later, in each direction. */
    public Faults delay(Duration time) {
        return new Faults(time, jitter, bytesPerSecond, resetAfter, halfCloseAfter, blackHole, loss);
    }

    /** Passes bytes on later by up to so much. */
    public Faults jitter(Duration time) {
        return new Faults(delay, time, bytesPerSecond, resetAfter, halfCloseAfter, blackHole, loss);
    }

    /** Passes on so many bytes a second, in each direction of each connection. */
    public Faults bandwidth(long perSecond) {
        return new Faults(delay, jitter, perSecond, resetAfter, halfCloseAfter, blackHole, loss);
    }

    /** Resets a TCP connection when so many bytes of the server have passed; 0: when the first one comes. */
    public Faults resetAfter(long bytes) {
        return new Faults(delay, jitter, bytesPerSecond, bytes, halfCloseAfter, blackHole, loss);
    }

    /** Ends the stream to the client when so many bytes of the server have passed. */
    public Faults halfCloseAfter(long bytes) {
        return new Faults(delay, jitter, bytesPerSecond, resetAfter, bytes, blackHole, loss);
    }

    /** Passes nothing on from now. */
    public Faults intoBlackHole() {
        return new Faults(delay, jitter, bytesPerSecond, resetAfter, halfCloseAfter, true, loss);
    }

    /** Loses this share of datagrams. */
    public Faults lose(double share) {
        return new Faults(delay, jitter, bytesPerSecond, resetAfter, halfCloseAfter, blackHole, share);
    }
}
