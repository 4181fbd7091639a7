package io.katydid.limits;

import io.katydid.api.Scenario;
import io.katydid.api.WaitTime;

/**
 * Holds wait times that pace all users of an environment together, not each for itself. A user's first task starts at once; there must be users enough for the rate.
 *
 * <pre>{@code
 * import static io.katydid.limits.TotalPacing.*;
 *
 * class Shopper extends HttpUser {
 *     @Override protected WaitTime waitTime() { return constantTotalIps(this, 50); }
 * }
 * }</pre>
 */
public final class TotalPacing {
    private TotalPacing() {}

    /** Starts so many tasks a second over all users that wait this way. */
    public static WaitTime constantTotalIps(Scenario user, double ips) {
        if (!(ips > 0) || Double.isInfinite(ips)) {
            throw new IllegalArgumentException("constantTotalIps(" + ips
                + "): the number of tasks per second over all users must be above 0. For one task in 10 s write 0.1.");
        }
        return Schedule.of(user.environment()).every(1 / ips);
    }

    /** Starts a task every so many seconds over all users that wait this way; the same as {@code constantTotalIps(user, 1 / seconds)}. */
    public static WaitTime constantTotalPacing(Scenario user, double seconds) {
        if (!(seconds > 0) || Double.isInfinite(seconds)) {
            throw new IllegalArgumentException("constantTotalPacing(" + seconds
                + "): the time between two tasks over all users is a number of seconds above 0. Write constantTotalPacing(this, 0.5).");
        }
        return Schedule.of(user.environment()).every(seconds);
    }
}
