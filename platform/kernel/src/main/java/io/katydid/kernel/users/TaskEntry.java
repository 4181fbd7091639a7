package io.katydid.kernel.users;

import io.katydid.api.Scenario;
import io.katydid.api.TaskBody;
import io.katydid.api.TaskSet;
import io.katydid.api.User;
import java.lang.invoke.MethodHandle;
import java.util.Map;
import java.util.Set;

/**
 * Is one task as the scan found it.
 *
 * @param name the method's or the class's name
 * @param weight how often it is picked
 * @param tags its own tags
 * @param transitions for a Markov task the names that may follow, with their weights
 * @param target what runs
 */
record TaskEntry(String name, int weight, Set<String> tags, Map<String, Integer> transitions, Target target) {

    /** Is what runs. */
    sealed interface Target {}

    /** Is a method of the scenario itself: {@code void (Scenario)} or {@code void (Scenario, User)}. */
    record OfMethod(MethodHandle handle, boolean takesUser) implements Target {

        void call(Scenario scenario, User user) throws Throwable {
            if (takesUser) {
                handle.invokeExact(scenario, user);
            } else {
                handle.invokeExact(scenario);
            }
        }
    }

    /** Is a task set that is entered. */
    record OfSet(Class<? extends TaskSet> type) implements Target {}

    /** Is code given at run time. */
    record OfBody(TaskBody body) implements Target {}
}
