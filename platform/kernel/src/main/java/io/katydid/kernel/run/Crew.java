package io.katydid.kernel.run;

import io.katydid.api.State;
import io.katydid.api.UserDispatcher;
import java.util.List;
import java.util.Map;

/** Is where the users of a test are: in this process, or with the workers of a master. The runner calls it for what it decided. */
public interface Crew {

    /** Gives the ids a dispatcher distributes users over. */
    List<String> workers();

    /** Gives how much of the users each of them should get, compared with the others. */
    default Map<String, Integer> weights() {
        return Map.of();
    }

    /** Gives the number of users there are. */
    int count();

    /** Gives users per class name. */
    Map<String, Integer> counts();

    /** Tells whether a test can start; says why not. */
    boolean ready();

    /** Says what is about to be done. */
    void ordered(int userCount, double spawnRate);

    /** Begins a test. */
    void open(KernelRun run);

    /** Brings the users to where a step wants them, new ones before surplus ones; gives false when the ramp was ended meanwhile. On the ramp's thread. */
    boolean take(Ramp ramp, UserDispatcher.Step step);

    /** Waits until the users of the last step are there, as far as that can be known soon. On the ramp's thread. */
    void settle(Ramp ramp);

    /** Gives the state in which users are being stopped. */
    State ending();

    /** Ends all users and returns when they have ended, or when that was waited for long enough. */
    void end();
}
