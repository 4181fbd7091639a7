package io.katydid.kernel.users;

import io.katydid.api.Environment;
import io.katydid.api.Scenario;
import io.katydid.api.StopTest;
import io.katydid.api.User;
import io.katydid.api.event.RequestEvent;
import io.katydid.carrier.Carriers;
import io.katydid.kernel.event.Owner;
import io.katydid.kernel.stats.Statistics;
import java.time.Duration;

/** Is what a user needs of its environment and runner. */
public interface UserHome {

    /** Gives the environment. */
    Environment environment();

    /** Gives the statistics. */
    Statistics statistics();

    /** Gives the carriers. */
    Carriers carriers();

    /** Gives the scanned classes. */
    Models models();

    /** Makes instances. */
    Births births();

    /** Gives whose registrations the users' are. */
    Owner owner();

    /** Gives how long a user's last hook may take. */
    Duration lastHookLimit();

    /** Tells whether somebody wants request events. */
    boolean wantsRequests();

    /** Brings a request event to listeners, whose signals pass, and to reporters. */
    void fire(RequestEvent event);

    /** Tells listeners, whose signals pass, that the code of a task is about to run. */
    void taskStart(User user, Scenario where, String task);

    /** Takes in an exception that left a task or hook. */
    void userError(User user, Scenario where, Throwable problem);

    /** Takes in an exception that left a constructor or the making of a client. */
    void birthError(Class<? extends User> type, Throwable problem);

    /** Ends the test because a script asked for it. */
    void stopTest(StopTest signal);

    /** Stops one user now, and sees to it that it ends; does not wait. */
    void stopNow(RunningUser user);

    /** Takes in that a user has ended. */
    void ended(RunningUser user);
}
