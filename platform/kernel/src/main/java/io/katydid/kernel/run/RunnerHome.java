package io.katydid.kernel.run;

import io.katydid.api.Environment;
import io.katydid.api.UserClass;
import io.katydid.api.UserDispatcher;
import io.katydid.api.spi.ShapeRuntime;
import io.katydid.carrier.Carriers;
import io.katydid.kernel.event.KernelEvents;
import io.katydid.kernel.stats.Statistics;
import io.katydid.kernel.users.UserHome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Is what the runner needs of its environment. */
public interface RunnerHome extends UserHome, ShapeRuntime {

    @Override Environment environment();

    /** Gives the hooks. */
    KernelEvents events();

    @Override Statistics statistics();

    @Override Carriers carriers();

    /** Makes the dispatcher of a test. */
    UserDispatcher.Factory dispatcher();

    /** Gives how long a stop awaits requests in flight. */
    Duration drain();

    /** Gives how long users that were stopped are waited for. */
    Duration patience();

    /** Tells whether statistics are reset when the ramp is done. */
    boolean resetStats();

    /** Tells whether a script's StopTest ends the process, or only the test. */
    boolean headless();

    /** Takes up an edited script, while no test runs. */
    void takeUpScript();

    /** Takes up an edited script, then checks and freezes the user classes before a test. */
    void beforeStart();

    /** Gives what the run's record shows, beside users and rate. */
    Map<String, Object> parameters();

    /** Tells whether new users of a class may come: not when a bundle it needs was taken away. */
    boolean mayStart(UserClass type);

    /** Gives the reporters. */
    Reporters reporters();

    /** Takes over what a master decides for its workers: the base URL, how long tasks may finish, the values of options by key. */
    void ordered(Optional<String> host, Optional<Duration> stopTimeout, Map<String, Object> options);

    /** Changes a user class as {@code --config-users} does. */
    void updateUserClass(Map<String, Object> settings);

    /** Gives the last lines of the log; none when the log is not ours. */
    List<String> logLines();

    /** Fires {@code quitting}, once. */
    void quitting();

    /** Tells whether the caller is a listener of {@code quitting}. */
    boolean isQuitting();
}
