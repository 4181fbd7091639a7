package io.katydid.carrier;

import java.time.Duration;

/**
 * Says that a loop, or on the fallback the JDK's default scheduler, did not turn: whatever ran on it kept all its users waiting.
 *
 * @param place what stood still, as words at the begin of a sentence: {@code Loop 0}
 * @param standstill how long it has stood when it was noticed
 * @param cause whose work it was
 * @param at the line that tells most: of the script when it is the cause, else of the platform; empty when nothing is known
 * @param caller the line of the script that called the platform; empty when it is the cause itself, or nobody called
 * @param stackOfUser the stack of the user that was on it, a line per frame
 */
public record Stall(String place, Duration standstill, Cause cause, String at, String caller, String stackOfUser) {

    /** Says whose work kept the users waiting. */
    public enum Cause {
        /** The script's, or a library's it called: it belongs into {@code blocking(…)}. */
        SCRIPT,
        /** A cold JVM's, which loads and compiles what is used for the first time. */
        START,
        /** The platform's own. */
        PLATFORM,
        /** It went on before it could be seen what held it; a machine that is busy otherwise looks like this. */
        UNKNOWN
    }

    /** Says what happened, where, and what to do, in one line for the tester. */
    public String text() {
        var where = (at.isEmpty() ? "" : " at " + at) + (caller.isEmpty() ? "" : ", called at " + caller);
        return place + " did not turn for " + standstill.toMillis() + " ms" + where + ": all its users waited" + switch (cause) {
            case SCRIPT -> ". Put such work into blocking(…).";
            case START ->
                " while the JVM loaded and compiled what was used for the first time. The script is not at fault; leave the first "
                    + "seconds out of the figures, with --reset-stats or by a ramp.";
            case PLATFORM -> ". The script did not hold it. If this comes again, the process has too much to do: use fewer users or more "
                + "processes.";
            case UNKNOWN -> ". It went on before it could be seen what held it. If this comes again, look for what else the machine does.";
        };
    }
}
