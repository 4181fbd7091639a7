package io.katydid.api;

import java.util.List;
import java.util.Map;

/**
 * Decides which user is spawned next and on which worker. The reference's
 * {@code UsersDispatcher}; replace it with
 * {@code Katydid.environment(…).dispatcher(…)} or an {@link Extension}.
 */
public interface UserDispatcher {

    /**
     * Plans the way from the present distribution to a target.
     *
     * @param targetUserCount
     *            users in all
     * @param spawnRate
     *            users per second; above 0
     * @param only
     *            the classes to use from now on; empty for all
     * @return steps, each the absolute number of users per worker and class name,
     *         with the seconds to wait after it
     */
    Iterable<Step> dispatch(int targetUserCount, double spawnRate, List<Class<? extends User>> only);

    /**
     * Takes in that the workers are now these; a local run has one, {@code local}.
     */
    void workers(List<String> workerIds);

    /**
     * Takes in how many users each worker should get compared with the others, for
     * example by its cores; called before {@link #workers} and before the first
     * plan. By default all get the same.
     */
    default void weights(Map<String, Integer> perWorker) {
    }

    /**
     * Takes in that users ended by themselves, so that the next plan counts from
     * the living.
     */
    void lost(String workerId, String userClass, int count);

    /**
     * Is one step of a plan.
     *
     * @param users
     *            users per worker id and class name, absolute
     * @param waitSeconds
     *            how long to wait before the next step
     */
    record Step(Map<String, Map<String, Integer>> users, double waitSeconds) {
    }

    /** Makes dispatchers; the extension a bundle offers. */
    @FunctionalInterface
    interface Factory {

        /** Makes one for these classes and workers. */
        UserDispatcher create(List<UserClass> userClasses, List<String> workerIds);
    }
}
